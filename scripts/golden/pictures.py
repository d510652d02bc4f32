"""The golden pictures, sample for sample those of server/imaging/pipeline/test/golden-pictures.ts."""

import numpy as np

KINDS = ['gradient', 'noise', 'dots', 'rings', 'scene']
SIZES = [(1, 1), (1, 17), (23, 1), (2, 3), (5, 4), (33, 21), (64, 48), (97, 61)]
PLAIN = ['black', 'white']
PLAIN_SIZES = [(1, 1), (1, 9), (34, 21)]


def seeded(seed):
    """A repeatable sequence of unsigned 32-bit numbers (xorshift)."""
    state = seed or 1
    while True:
        state = (state ^ (state << 13)) & 0xFFFFFFFF
        state ^= state >> 17
        state = (state ^ (state << 5)) & 0xFFFFFFFF
        yield state


def pictures():
    """(name, grey, rgb) in the order of the golden file."""
    for kinds, sizes in ((KINDS, SIZES), (PLAIN, PLAIN_SIZES)):
        for kind in kinds:
            for width, height in sizes:
                grey = fill(kind, width, height, 1)
                yield f'{kind} {width}x{height}', grey[:, :, 0].copy(), fill(kind, width, height, 3)


def fill(kind, width, height, channels):
    draw = seeded(width * 1000 + height * 10 + channels)
    samples = [
        sample(kind, x, y, c, width, height, draw)
        for y in range(height)
        for x in range(width)
        for c in range(channels)
    ]
    return np.array(samples, np.uint8).reshape(height, width, channels)


def sample(kind, x, y, c, width, height, draw):
    from_centre = (2 * x + 1 - width) ** 2 + (2 * y + 1 - height) ** 2
    if kind == 'black':
        return 0
    if kind == 'white':
        return 255
    if kind == 'gradient':
        return (2 * x + y if c == 1 else x + 2 * y) * 255 // (2 * (width + height))
    if kind == 'noise':
        return (next(draw) >> 8) & 255
    if kind == 'dots':
        return 255 if (next(draw) >> 8) % 5 < 2 else 0
    if kind == 'rings':
        return 255 if (from_centre * 12 // (width * width + height * height) + c) & 1 else 0
    slope = 60 * x // width - 40 * y // height
    lesion = -45 if 9 * from_centre < width * width + height * height else 0
    glint = 200 if 3 < x < 9 and 2 < y < 6 else 0
    grain = (next(draw) >> 8) % 13 - 6
    return min(max(130 + slope + lesion + glint + grain + 45 - 30 * c, 0), 255)
