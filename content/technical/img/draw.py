#!/usr/bin/env python3
"""Draw the three pictures of "How a Softmax Cools".

    python3 draw.py

writes cooling.svg, triangle.svg and boards.svg beside this file. Standard
library only; the boards come from ../anneal.py with its fixed seed, so the
same script writes the same bytes.
"""

import math
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.dont_write_bytecode = True

from anneal import cool, softmax  # noqa: E402

PAPER = "#faf7f0"
INK = "#22303c"
SOFT = "#65727d"
FAINT = "#d8d1c2"
TEAL = "#23747c"
RED = "#c2452d"
OCHRE = "#b07a1c"
VIOLET = "#6c5b94"
HALO = {"stroke": PAPER, "stroke_width": 6, "paint_order": "stroke"}  # for words that cross a line

SCORES = {"hot": 4, "warm": 3.5, "cold": 2.5, "gone": 1, "purple": -2}
COLOURS = {"hot": RED, "warm": OCHRE, "cold": TEAL, "gone": VIOLET, "purple": SOFT}


def n(value):
    """A number with at most one decimal, and no negative zero."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def line(points):
    return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points)


def path(d, stroke=INK, width=1.5, fill="none", **more):
    extra = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in more.items())
    return f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{n(width)}"{extra}/>'


def dot(x, y, colour, radius=6):
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{radius}" fill="{colour}" stroke="{PAPER}" stroke-width="2"/>'


def text(x, y, words, size=22, fill=INK, anchor="start", **more):
    extra = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in more.items())
    return f'<text x="{n(x)}" y="{n(y)}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"{extra}>{words}</text>'


def save(name, width, height, title, desc, body):
    (HERE / f"{name}.svg").write_text(
        f"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t d">
<title id="t">{title}</title>
<desc id="d">{desc}</desc>
<rect width="{width}" height="{height}" rx="14" fill="{PAPER}"/>
<g font-family="system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif" stroke-linecap="round" stroke-linejoin="round">
{chr(10).join(body)}
</g>
</svg>
""",
        encoding="utf-8",
    )


# -------------------------------------------------------------------- cooling


def mean(scores, temperature):
    return sum(share * score for share, score in zip(softmax(scores, temperature), scores))


def variance(scores, temperature):
    centre = mean(scores, temperature)
    return sum(share * (score - centre) ** 2 for share, score in zip(softmax(scores, temperature), scores))


def entropy(scores, temperature):
    return -sum(share * math.log(share) for share in softmax(scores, temperature) if share)


def where_mean_is(scores, value):
    """The temperature at which the mean score is `value`: it falls as the temperature rises."""
    low, high = 0.05, 1000.0
    for _ in range(100):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if mean(scores, middle) > value else (low, middle)
    return low


def cooling():
    scores = list(SCORES.values())
    coldest, hottest = 0.1, 20.0
    left, right = 84, 830
    top, bottom = 52, 392  # the shares
    upper, lower = 468, 640  # the entropy

    def x(temperature):
        return left + (right - left) * math.log(temperature / coldest) / math.log(hottest / coldest)

    def y(share):
        return bottom - (bottom - top) * share

    def v(nats):
        return lower - (lower - upper) * nats / 1.75

    temperatures = [coldest * (hottest / coldest) ** (k / 140) for k in range(141)]
    body = [text(left, 32, "Share", fill=SOFT), text(left, upper - 18, "Entropy and heat capacity", fill=SOFT)]
    for share in (0, 0.25, 0.5, 0.75, 1):
        body.append(path(f"M{left} {n(y(share))}H{right}", FAINT, 1))
        body.append(text(left - 12, y(share) + 6, f"{share:.0%}", 20, SOFT, "end"))
    for nats in (0, 0.5, 1, 1.5):
        body.append(path(f"M{left} {n(v(nats))}H{right}", FAINT, 1))
        body.append(text(left - 12, v(nats) + 6, n(nats), 20, SOFT, "end"))
    for temperature in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20):
        body.append(path(f"M{n(x(temperature))} {lower}v7", SOFT, 1.5))
        body.append(text(x(temperature), lower + 29, f"{temperature:g}", 20, SOFT, "middle"))
    body.append(text((left + right) / 2, lower + 62, "Temperature", fill=SOFT, anchor="middle"))

    for place, (word, score) in enumerate(SCORES.items()):
        shares = [softmax(scores, t)[place] for t in temperatures]
        curve = [(x(t), y(share)) for t, share in zip(temperatures, shares)]
        label = 274 + 27 * place
        body.append(path(line(curve), COLOURS[word], 3))
        body.append(path(line([(right + 4, curve[-1][1]), (right + 20, label - 6)]), COLOURS[word], 1.2))
        body.append(text(right + 26, label, word, fill=COLOURS[word]))
        if sum(scores) / len(scores) < score < max(scores):
            peak = where_mean_is(scores, score)
            body.append(dot(x(peak), y(softmax(scores, peak)[place]), COLOURS[word]))

    limit = math.log(len(scores))
    body.append(path(f"M{left} {n(v(limit))}H{right}", SOFT, 1.5, stroke_dasharray="2 7"))
    body.append(text(right + 12, v(limit) + 6, "log 5", fill=SOFT))
    body.append(path(line([(x(t), v(entropy(scores, t))) for t in temperatures]), INK, 3))
    body.append(text(x(0.82) - 12, v(1.08), "entropy", anchor="end", **HALO))
    heat = [(x(t), v(variance(scores, t) / t**2)) for t in temperatures]
    body.append(path(line(heat), RED, 3, stroke_dasharray="9 7"))
    body.append(text(x(2.4), v(0.4), "heat capacity", fill=RED, **HALO))
    save(
        "cooling",
        960,
        720,
        "Five shares, their entropy and their heat capacity, by temperature",
        "Above, the shares of the words hot, warm, cold, gone and purple on a logarithmic axis of temperature from 0.1 to 20. "
        "Below, the entropy rises from nought towards log 5; the heat capacity is a hump.",
        body,
    )


# ------------------------------------------------------------------- triangle


def triangle():
    width, height = 720, 640
    corners = [(360, 60), (652, 566), (68, 566)]  # a, b, c

    def at(shares):
        return tuple(sum(share * corner[axis] for share, corner in zip(shares, corners)) for axis in (0, 1))

    def ring(nats):
        """The line of equal entropy round the centre, point by point outwards."""
        out = []
        for k in range(121):
            turn = 2 * math.pi * k / 120
            u, w = math.cos(turn), math.sin(turn)
            step = (u, -u / 2 + w * math.sqrt(3) / 2, -u / 2 - w * math.sqrt(3) / 2)
            near, far = 0.0, min(1 / 3 / -value for value in step if value < 0)
            for _ in range(60):
                middle = (near + far) / 2
                shares = [1 / 3 + middle * value for value in step]
                spread = -sum(share * math.log(share) for share in shares if share > 0)
                near, far = (middle, far) if spread > nats else (near, middle)
            out.append(at([1 / 3 + near * value for value in step]))
        return out

    body = [path(line(ring(nats)) + "Z", FAINT, 1.5) for nats in (1.08, 1.0, 0.9, 0.8)]
    body.append(path(line(corners) + "Z", SOFT, 2.5))
    temperatures = [100 * (0.02 / 100) ** (k / 240) for k in range(241)]
    paths = [((3, 0, 0), SOFT), ((3, 0, 1.5), TEAL), ((3, 2.7, 0), RED)]
    for scores, colour in paths:
        body.append(path(line([at(softmax(scores, t)) for t in temperatures]), colour, 4.5))
        for temperature in (2, 1, 0.5, 0.25, 0.125):
            body.append(dot(*at(softmax(scores, temperature)), colour, 7))
    body.append(dot(*at((1 / 3, 1 / 3, 1 / 3)), INK, 10))
    body.append(text(360, 42, "a", 34, anchor="middle", font_style="italic"))
    body.append(text(676, 600, "b", 34, anchor="middle", font_style="italic"))
    body.append(text(44, 600, "c", 34, anchor="middle", font_style="italic"))
    body.append(text(352, 442, "all equal", 28, SOFT, anchor="middle", **HALO))
    for words, colour, x, y in (("3, 0, 0", SOFT, 371, 290), ("3, 0, 1.5", TEAL, 196, 300), ("3, 2.7, 0", RED, 500, 268)):
        if colour == TEAL:
            body.append(path(line([(x + 6, y - 12), (315, 268)]), colour, 1.5))
        body.append(text(x, y, words, 25, colour, "end" if colour == TEAL else "start", **HALO))
    save(
        "triangle",
        width,
        height,
        "Three ways to cool three options",
        "A triangle whose corners are the options a, b and c. Three lines lead from its centre to the corner a, "
        "for the scores 3, 0, 0, for 3, 0, 1.5 and for 3, 2.7, 0.",
        body,
    )


# --------------------------------------------------------------------- boards


def boards():
    fills = ("#e9e2d3", "#a9c4c4", "#d9bd88")
    size, cell, top = 30, 14.6, 66
    radius = cell / math.sqrt(3)
    corner = [(radius * math.sin(k * math.pi / 3), -radius * math.cos(k * math.pi / 3)) for k in range(6)]
    # The step to a neighbour, and the two corners between which its border runs.
    borders = (((0, 1), (1, 2)), ((1, 0), (2, 3)), ((1, -1), (3, 4)))

    sides = [(bx - ax, by - ay) for (ax, ay), (bx, by) in zip(corner, corner[1:])]
    outline = "".join(f"l{n(dx)} {n(dy)}" for dx, dy in sides).replace(" -", "-") + "z"

    def hexagon(x, y):
        return f"M{n(x)} {n(y - radius)}{outline}"

    body = []
    for left, words, temperatures in (
        (36, "Quenched: 0.05 throughout", [0.05] * 400),
        (492, "Cooled: 0.8 to 0.3", [0.8 * ((0.3 / 0.8) ** (1 / 399)) ** k for k in range(400)]),
    ):
        board = cool(temperatures)
        cells, clash = {0: [], 1: [], 2: []}, []
        for row in range(size):
            for column in range(size):
                x = left + ((column + row / 2) % size) * cell
                y = top + row * cell * math.sqrt(3) / 2
                colour = board[row][column]
                cells[colour].append(hexagon(x, y))
                for (down, along), (a, b) in borders:
                    if board[(row + down) % size][(column + along) % size] == colour:
                        (ax, ay), (bx, by) = corner[a], corner[b]
                        clash.append(f"M{n(x + ax)} {n(y + ay)}L{n(x + bx)} {n(y + by)}")
        body += [path("".join(cells[colour]), PAPER, 0.8, fills[colour]) for colour in cells]
        if clash:
            body.append(path("".join(clash), RED, 3))
        body.append(text(left - 7, 40, words, 24))
    save(
        "boards",
        960,
        482,
        "A quenched board and a cooled one",
        "Two boards of 900 six-sided cells in three colours. On the left, red strokes mark the many borders between cells "
        "of the same colour. On the right there are few.",
        body,
    )


if __name__ == "__main__":
    cooling()
    triangle()
    boards()
