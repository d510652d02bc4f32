"""What is asked of OpenCV: a name for each function with its settings, as in the tests, and the call."""

import cv2
import numpy as np

THRESHOLDS = {
    'binary': cv2.THRESH_BINARY,
    'inverse': cv2.THRESH_BINARY_INV,
    'truncate': cv2.THRESH_TRUNC,
    'toZero': cv2.THRESH_TOZERO,
}
MORPHOLOGY = {
    'erode': cv2.MORPH_ERODE,
    'dilate': cv2.MORPH_DILATE,
    'open': cv2.MORPH_OPEN,
    'close': cv2.MORPH_CLOSE,
    'gradient': cv2.MORPH_GRADIENT,
}
SHAPES = {'rect': cv2.MORPH_RECT, 'cross': cv2.MORPH_CROSS, 'ellipse': cv2.MORPH_ELLIPSE}
AROUND = np.array([[1, 1, 1], [1, -8, 1], [1, 1, 1]], np.float32)


def hashed():
    """Cases whose answer is a picture, by name: (grey, rgb) to an array."""
    cases = {
        'laplacian 4': lambda grey, rgb: cv2.Laplacian(grey, cv2.CV_16S, ksize=1),
        'laplacian 8': lambda grey, rgb: cv2.filter2D(grey, cv2.CV_16S, AROUND),
        'edges 4': lambda grey, rgb: cv2.convertScaleAbs(cv2.Laplacian(grey, cv2.CV_16S, ksize=1)),
        'edges 8': lambda grey, rgb: cv2.convertScaleAbs(cv2.filter2D(grey, cv2.CV_16S, AROUND)),
        'grey': lambda grey, rgb: cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY),
    }
    for sigma in (0.3, 1, 2, 7.5, 20):
        cases[f'gaussian {sigma}'] = lambda grey, rgb, s=sigma: cv2.GaussianBlur(grey, (0, 0), s)
        cases[f'gaussian rgb {sigma}'] = lambda grey, rgb, s=sigma: cv2.GaussianBlur(rgb, (0, 0), s)
    for gamma in (0.25, 0.45, 1, 1.8, 2.2):
        table = np.rint(255 * (np.arange(256) / 255) ** gamma).astype(np.uint8)
        cases[f'gamma {gamma}'] = lambda grey, rgb, t=table: cv2.LUT(grey, t)
    for centre, width in ((128, 256), (127.5, 1), (100, 60), (40, 2), (200, 400)):
        table = window_table(centre, width)
        cases[f'window {centre} {width}'] = lambda grey, rgb, t=table: cv2.LUT(grey, t)
    for size in (3, 5):
        cases[f'median {size}'] = lambda grey, rgb, s=size: cv2.medianBlur(grey, s)
        cases[f'median rgb {size}'] = lambda grey, rgb, s=size: cv2.medianBlur(rgb, s)
    for name, kind in THRESHOLDS.items():
        for level in (0, 90, 127, 255):
            cases[f'threshold {name} {level}'] = lambda grey, rgb, t=level, k=kind: cv2.threshold(grey, t, 255, k)[1]
    for gains in ((1, 1, 1), (1.3, 1, 0.7), (0.5, 2.5, 1.1)):
        cases['balance ' + ' '.join(map(str, gains))] = lambda grey, rgb, g=gains: balanced(rgb, g)
    for alpha, beta in ((1.3, -20), (0.5, 0), (2.7, 33.5)):
        cases[f'scaleAbs {alpha} {beta}'] = lambda grey, rgb, a=alpha, b=beta: cv2.convertScaleAbs(rgb, alpha=a, beta=b)
    cases['lightness'] = lambda grey, rgb: cv2.cvtColor(rgb, cv2.COLOR_RGB2Lab)[:, :, 0]
    for clip, tiles in ((1.5, 8), (4, 2), (2, 5)):
        cases[f'clahe {clip} {tiles}'] = lambda grey, rgb, c=clip, t=tiles: cv2.createCLAHE(c, (t, t)).apply(grey)
    for d, colour, space in ((5, 30, 2), (9, 25, 3.5), (3, 75, 75)):
        key = f'{d} {colour} {space}'
        cases[f'bilateral {key}'] = lambda grey, rgb, a=(d, colour, space): cv2.bilateralFilter(grey, *a)
        cases[f'bilateral rgb {key}'] = lambda grey, rgb, a=(d, colour, space): cv2.bilateralFilter(rgb, *a)
    for name, method in (('mean', cv2.ADAPTIVE_THRESH_MEAN_C), ('gaussian', cv2.ADAPTIVE_THRESH_GAUSSIAN_C)):
        for size, offset in ((3, 0), (5, -3), (7, 2.5), (9, 4), (11, 5), (31, -1.5)):
            cases[f'adaptive {name} {size} {offset}'] = lambda grey, rgb, m=method, s=size, o=offset: (
                cv2.adaptiveThreshold(grey, 255, m, cv2.THRESH_BINARY, s, o)
            )
    for shape, size in (('rect', 3), ('rect', 9), ('cross', 5), ('ellipse', 3), ('ellipse', 7), ('ellipse', 15)):
        element = cv2.getStructuringElement(SHAPES[shape], (size, size))
        for name, kind in MORPHOLOGY.items():
            cases[f'{name} {shape} {size}'] = lambda grey, rgb, k=kind, e=element: cv2.morphologyEx(grey, k, e)
    for neighbours in (4, 8):
        cases[f'labels {neighbours}'] = lambda grey, rgb, n=neighbours: components(grey, n)[1]
        cases[f'components {neighbours}'] = lambda grey, rgb, n=neighbours: component_rows(components(grey, n))
    cases['outlines'] = lambda grey, rgb: outline_rows(mask_of(grey))
    return cases


def measured():
    """Cases whose answer is a few numbers, by name: (grey, rgb) to a list."""
    return {
        'otsu': lambda grey, rgb: [cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)[0]],
        'varianceOfLaplacian': lambda grey, rgb: [cv2.Laplacian(grey, cv2.CV_64F).var()],
        'statistics': lambda grey, rgb: [
            *np.ravel(cv2.meanStdDev(grey)),
            cv2.countNonZero(cv2.inRange(grey, 0, 5)) / grey.size,
            cv2.countNonZero(cv2.inRange(grey, 250, 255)) / grey.size,
        ],
        'psnr': lambda grey, rgb: [cv2.PSNR(grey, cv2.medianBlur(grey, 3))],
        'psnr rgb': lambda grey, rgb: [cv2.PSNR(rgb, cv2.medianBlur(rgb, 3))],
        'psnr equal': lambda grey, rgb: [cv2.PSNR(grey, grey)],
        'ssim median': lambda grey, rgb: [ssim(grey, cv2.medianBlur(grey, 3))],
        'ssim gaussian': lambda grey, rgb: [ssim(grey, cv2.GaussianBlur(grey, (0, 0), 2))],
        'ssim equal': lambda grey, rgb: [ssim(grey, grey)],
        'balanceGains 2': lambda grey, rgb: patch_gains(rgb, None),
        'balanceGains 3': lambda grey, rgb: patch_gains(rgb, 200),
    }


def window_table(centre, width):
    """DICOM PS3.3 C.11.2.1.2.1, as it stands there; OpenCV has none."""
    x = np.arange(256, dtype=np.float64)
    with np.errstate(divide='ignore', invalid='ignore'):
        line = ((x - (centre - 0.5)) / (width - 1) + 0.5) * 255
    low = x <= centre - 0.5 - (width - 1) / 2
    high = x > centre - 0.5 + (width - 1) / 2
    return np.rint(np.where(low, 0, np.where(high, 255, line))).astype(np.uint8)


def linear_light(rgb):
    srgb = rgb / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def balanced(rgb, gains):
    light = np.minimum(linear_light(rgb) * np.array(gains), 1)
    srgb = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.rint(255 * srgb).astype(np.uint8)


def patch_gains(rgb, level):
    """Of the whole picture; [0] where it has no pixel to measure."""
    pixels = rgb.reshape(-1, 3)
    usable = pixels[np.all((pixels > 0) & (pixels < 255), axis=1)]
    if len(usable) == 0:
        return [0]
    red, green, blue = linear_light(usable).mean(axis=0)
    target = green if level is None else linear_light(np.float64(level))
    return [target / red, target / green, target / blue]


def mask_of(grey):
    return cv2.threshold(grey, 140, 255, cv2.THRESH_BINARY)[1]


def components(grey, neighbours):
    return cv2.connectedComponentsWithStats(mask_of(grey), connectivity=neighbours, ltype=cv2.CV_32S)


def component_rows(found):
    """Per component, without the background: left, top, width, height, area, x and y of the centre."""
    _, _, stats, centroids = found
    return np.hstack([stats[1:].astype(np.float64), centroids[1:]])


def outline_rows(mask):
    """Per outline, in OpenCV's order: number of points, then x and y of each."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.array([n for contour in contours for n in (len(contour), *contour.ravel())], np.int32)


def ssim(grey, other):
    """Wang 2004 at every pixel in float64; cv2.quality.QualitySSIM_compute is the same in float32."""
    a, b = np.float64(grey), np.float64(other)
    mean_a, mean_b = window_mean(a), window_mean(b)
    variances = window_mean(a * a) - mean_a**2 + window_mean(b * b) - mean_b**2
    covariance = window_mean(a * b) - mean_a * mean_b
    top = (2 * mean_a * mean_b + 6.5025) * (2 * covariance + 58.5225)
    return (top / ((mean_a**2 + mean_b**2 + 6.5025) * (variances + 58.5225))).mean()


def window_mean(values):
    return cv2.GaussianBlur(values, (11, 11), 1.5)
