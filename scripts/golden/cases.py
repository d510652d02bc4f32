"""What is asked of OpenCV: a name for each function with its settings, as in the tests, and the call."""

import cv2
import numpy as np

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
    return cases


def measured():
    """Cases whose answer is a few numbers, by name: (grey, rgb) to a list."""
    return {}
