# OpenCV's side of kernels.bench.ts: a JSON command a line, a JSON answer a line. One thread; answers go into arrays that
# are kept, as ours do; the time is that of the call alone.
import hashlib
import json
import sys
import time

import cv2
import numpy as np

cv2.setNumThreads(1)
clahe = cv2.createCLAHE(2.0, (8, 8))
kept = {}
inputs = {}


def room(name, like, dtype):
    key = (name, like.shape)
    if key not in kept:
        kept[key] = np.empty(like.shape, dtype)
    return kept[key]


def enhance(jpeg):
    samples = cv2.imdecode(jpeg, cv2.IMREAD_COLOR)
    enhanced = cv2.convertScaleAbs(samples, alpha=1.3, beta=-20)
    return cv2.imencode('.jpg', enhanced, [cv2.IMWRITE_JPEG_QUALITY, 90])[1]


jobs = {
    'enhance': lambda i: enhance(i['jpeg']),
    'laplacian': lambda i: cv2.Laplacian(i['grey'], cv2.CV_16S, dst=room('laplacian', i['grey'], np.int16), ksize=1),
    'gaussian': lambda i: cv2.GaussianBlur(i['grey'], (0, 0), 2, dst=room('plane', i['grey'], np.uint8)),
    'clahe': lambda i: clahe.apply(i['grey'], room('plane', i['grey'], np.uint8)),
    'median': lambda i: cv2.medianBlur(i['grey'], 3, room('plane', i['grey'], np.uint8)),
    'otsu': lambda i: cv2.threshold(
        i['grey'], 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU, room('plane', i['grey'], np.uint8)
    )[1],
    'fft': lambda i: np.fft.fft2(i['grey']),
}

print(json.dumps({'opencv': cv2.__version__, 'numpy': np.__version__}), flush=True)
for line in sys.stdin:
    command = json.loads(line)
    if 'load' in command:
        width, height = command['width'], command['height']
        with open(command['load'] + '.grey', 'rb') as file:
            grey = np.frombuffer(file.read(), np.uint8).reshape(height, width)
        with open(command['load'] + '.jpg', 'rb') as file:
            jpeg = np.frombuffer(file.read(), np.uint8)
        inputs[command['name']] = {'grey': grey, 'jpeg': jpeg}
        print(json.dumps({}), flush=True)
        continue
    given = inputs[command['name']]
    started = time.perf_counter()
    answer = jobs[command['job']](given)
    took = (time.perf_counter() - started) * 1000
    digest = hashlib.sha256(np.ascontiguousarray(answer)).hexdigest() if command['hash'] else None
    print(json.dumps({'ms': took, 'sha256': digest}), flush=True)
