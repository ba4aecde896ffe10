#!/usr/bin/env python3
"""Draw the six pictures of the series "Metaphors for Deep Learning".

    python3 draw.py

writes introduction.svg, neural_network.svg, loss_landscape.svg, attention.svg,
mixture_of_experts.svg and conclusion.svg beside this file. Standard library
only; every random number comes from a fixed seed, so the same script writes
the same bytes.
"""

import math
import random
from pathlib import Path

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 960, 540

PAPER = "#faf7f0"
INK = "#22303c"
SOFT = "#7d8993"
FAINT = "#d8d1c2"
TEAL = "#23747c"
RED = "#c2452d"
OCHRE = "#c08a2b"


# ---------------------------------------------------------------- writing SVG


def n(value, digits=1):
    """A number as short as SVG allows: no trailing zeros, no negative zero."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return "0" if text in ("-0", "") else text


def pair(x, y, digits=1):
    second = n(y, digits)
    return n(x, digits) + ("" if second.startswith("-") else " ") + second


def polyline(points, digits=1, closed=False):
    """Path data through the points, in relative steps that don't drift."""
    unit = 10**digits
    grid = [(round(x * unit), round(y * unit)) for x, y in points]
    out = ["M" + pair(grid[0][0] / unit, grid[0][1] / unit, digits)]
    for (ax, ay), (bx, by) in zip(grid, grid[1:]):
        if (ax, ay) != (bx, by):
            step = pair((bx - ax) / unit, (by - ay) / unit, digits)
            out.append("l" + step)
    return "".join(out) + ("z" if closed else "")


def smooth(points, digits=1):
    """Path data for a curve that is led by the points: quadratics from midpoint to midpoint."""
    unit = 10**digits
    points = [(round(x * unit), round(y * unit)) for x, y in points]
    middles = [(round((ax + bx) / 2), round((ay + by) / 2)) for (ax, ay), (bx, by) in zip(points, points[1:])]
    closed = points[0] == points[-1]
    if closed:
        corners, stops = points[1:], middles + middles[:1]
    else:
        corners, stops = points[1:], middles + points[-1:]

    def step(a, b):
        return pair((b[0] - a[0]) / unit, (b[1] - a[1]) / unit, digits)

    first = stops[0] if closed else points[0]
    out = ["M" + pair(first[0] / unit, first[1] / unit, digits)]
    if not closed:
        out.append("l" + step(first, stops[0]))
    for corner, here, there in zip(corners, stops, stops[1:]):
        out.append("q" + step(here, corner) + " " + step(here, there))
    return "".join(out).replace(" -", "-") + ("z" if closed else "")


def strokes(lines):
    """Path data for short straight strokes, from each to its neighbour in the list."""
    x = y = 0
    out = []
    for ax, ay, bx, by in ([round(10 * v) for v in line] for line in lines):
        out.append(("m" if out else "M") + pair((ax - x) / 10, (ay - y) / 10) + "l" + pair((bx - ax) / 10, (by - ay) / 10))
        x, y = bx, by
    return "".join(out)


def specks(points):
    """Path data for a dot at every point, from each to its neighbour in the list."""
    points = sorted((round(10 * x), round(10 * y)) for x, y in points)
    x = y = 0
    out = []
    for a, b in points:
        out.append(("m" if out else "M") + pair((a - x) / 10, (b - y) / 10) + "h0")
        x, y = a, b
    return "".join(out)


def path(d, stroke=INK, width=1.0, fill="none", **more):
    extra = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in more.items())
    line = f' stroke="{stroke}" stroke-width="{n(width, 2)}"' if stroke else ""
    return f'<path d="{d}" fill="{fill}"{line}{extra}/>'


def circle(x, y, r, fill="none", stroke=None, width=1.0, **more):
    extra = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in more.items())
    line = f' stroke="{stroke}" stroke-width="{n(width, 2)}"' if stroke else ""
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" fill="{fill}"{line}{extra}/>'


def text(x, y, words, size=15, fill=INK, anchor="middle", **more):
    extra = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in more.items())
    return (
        f'<text x="{n(x)}" y="{n(y)}" font-size="{size}" fill="{fill}"'
        f' text-anchor="{anchor}"{extra}>{words}</text>'
    )


def save(name, title, desc, body):
    svg = f"""<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">
<title id="t">{title}</title>
<desc id="d">{desc}</desc>
<rect width="{WIDTH}" height="{HEIGHT}" rx="14" fill="{PAPER}"/>
<g font-family="system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif" stroke-linecap="round" stroke-linejoin="round">
{chr(10).join(body)}
</g>
</svg>
"""
    (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")


# ------------------------------------------------------------------- contours


def contour(height, level, columns, rows, cell):
    """The isolines of `height` at `level`: marching squares, stitched."""
    grid = [[height(c * cell, r * cell) - level for c in range(columns + 1)] for r in range(rows + 1)]

    def cut(a, b):
        va, vb = grid[a[1]][a[0]], grid[b[1]][b[0]]
        t = va / (va - vb)
        return ((a[0] + t * (b[0] - a[0])) * cell, (a[1] + t * (b[1] - a[1])) * cell)

    links, place = {}, {}
    for r in range(rows):
        for c in range(columns):
            corners = [(c, r), (c + 1, r), (c + 1, r + 1), (c, r + 1)]
            edges = []
            for a, b in zip(corners, corners[1:] + corners[:1]):
                if (grid[a[1]][a[0]] > 0) != (grid[b[1]][b[0]] > 0):
                    key = (min(a, b), max(a, b))
                    place[key] = cut(*key)
                    edges.append(key)
            for a, b in zip(edges[::2], edges[1::2]):
                links.setdefault(a, []).append(b)
                links.setdefault(b, []).append(a)

    lines = []
    starts = [k for k in links if len(links[k]) == 1] + list(links)
    for start in starts:
        line, here = [start], start
        while links.get(here):
            there = links[here].pop()
            links[there].remove(here)
            line.append(there)
            here = there
        if len(line) > 3:
            lines.append([place[k] for k in line])
    return lines


def even(points, gap):
    """The same line with its points about `gap` apart, ends kept."""
    total = sum(math.dist(a, b) for a, b in zip(points, points[1:]))
    gap = total / max(6, round(total / gap))
    out, left = [points[0]], gap
    for a, b in zip(points, points[1:]):
        length, gone = math.dist(a, b), 0.0
        while length - gone > left:
            gone += left
            out.append((a[0] + (b[0] - a[0]) * gone / length, a[1] + (b[1] - a[1]) * gone / length))
            left = gap
        left -= length - gone
    if math.dist(out[-1], points[-1]) < gap / 2 and len(out) > 2:
        out.pop()
    return out + [points[-1]]


def thin(points, tolerance):
    """Douglas-Peucker: leave out points nobody will miss."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = math.hypot(bx - ax, by - ay)

    def off(p):
        if length < 1e-9:
            return math.hypot(p[0] - ax, p[1] - ay)
        return abs((bx - ax) * (ay - p[1]) - (ax - p[0]) * (by - ay)) / length

    far = max(range(1, len(points) - 1), key=lambda i: off(points[i]))
    if off(points[far]) < tolerance:
        return [points[0], points[-1]]
    return thin(points[: far + 1], tolerance)[:-1] + thin(points[far:], tolerance)


# --------------------------------------------------------------- introduction


def introduction():
    hills = [  # x, y, height, spread across, spread down
        (250, 205, 1.0, 120, 95),
        (480, 330, 0.9, 150, 85),
        (700, 190, 1.1, 120, 105),
        (840, 430, 0.7, 110, 90),
        (90, 460, 0.75, 120, 100),
        (430, 70, 0.5, 110, 70),
        (620, 480, -0.35, 110, 70),
        (395, 210, -0.35, 60, 60),
    ]

    def height(x, y):
        return sum(h * math.exp(-(((x - a) / sx) ** 2) - ((y - b) / sy) ** 2) for a, b, h, sx, sy in hills)

    def slope(x, y):
        e = 0.5
        return (height(x + e, y) - height(x - e, y), height(x, y + e) - height(x, y - e))

    lines = []
    for i in range(12):
        for line in contour(height, 0.085 + 0.095 * i, 160, 90, 6):
            lines.append(smooth(even(line, 36)))
    lenses = [(285, 225, 165, TEAL), (480, 315, 165, RED), (675, 225, 165, OCHRE)]

    def inside(x, y, which, margin=0):
        a, b, r, _ = lenses[which]
        return math.hypot(x - a, y - b) < r - margin

    body = ["<defs>", f'<path id="c" d="{"".join(lines)}" fill="none"/>']
    for i, (x, y, r, _) in enumerate(lenses):
        body.append(f'<clipPath id="l{i}"><circle cx="{x}" cy="{y}" r="{r}"/></clipPath>')
    body.append(f'<clipPath id="p"><rect width="{WIDTH}" height="{HEIGHT}" rx="14"/></clipPath></defs>')
    body.append(f'<use href="#c" stroke="{FAINT}" stroke-width="1.1" clip-path="url(#p)"/>')
    for x, y, r, _ in lenses:
        body.append(circle(x, y, r, "#fffdf8", fill_opacity=0.82))

    # The first glass shows heights.
    body.append(f'<use href="#c" stroke="{TEAL}" stroke-width="1.5" clip-path="url(#l0)"/>')

    # The second shows slopes: strokes downhill, longer where it is steeper.
    falls = []
    for row in range(22):
        for column in range(22):
            x = 480 - 162 + 15.2 * column + (7.6 if row % 2 else 0)
            y = 315 - 162 + 15.2 * row
            gx, gy = slope(x, y)
            steep = math.hypot(gx, gy)
            if not inside(x, y, 1, 7) or steep < 4e-4:
                continue
            reach = min(12.5, 1.5 + 900 * steep)
            dx, dy = -gx / steep * reach, -gy / steep * reach
            falls.append((x - dx / 2, y - dy / 2, x + dx / 2, y + dy / 2))
    body.append(path(strokes(falls), RED, 1.3))

    # The third shows shade: dots, closer together where the ground is higher.
    rng = random.Random(11)
    dots, tries = [], 0
    while tries < 26000 and len(dots) < 1000:
        tries += 1
        x, y = 675 + 165 * rng.uniform(-1, 1), 225 + 165 * rng.uniform(-1, 1)
        if not inside(x, y, 2, 5):
            continue
        gap = 4.6 + 13 * max(0.0, 1 - height(x, y) / 1.1) ** 0.9
        if all(abs(x - a) > gap or (x - a) ** 2 + (y - b) ** 2 > gap * gap for a, b in dots):
            dots.append((x, y))
    for low, high, size in ((-1, 0.35, 2.1), (0.35, 0.75, 2.9), (0.75, 2, 3.7)):
        body.append(path(specks([p for p in dots if low <= height(*p) < high]), OCHRE, size))

    for x, y, r, colour in lenses:
        body.append(circle(x, y, r, "none", colour, 2.6))
        body.append(circle(x, y, r - 5, "none", colour, 0.6))
    for x, y, word, colour, to in [
        (112, 86, "height", TEAL, (163, 116)),
        (480, 516, "slope", RED, None),
        (848, 86, "shade", OCHRE, (797, 116)),
    ]:
        body.append(text(x, y, word, 18, colour, font_style="italic", stroke=PAPER, stroke_width=5, paint_order="stroke"))
        if to:
            body.append(path(f"M{x + (14 if x < 480 else -14)} {y + 9}L{to[0]} {to[1]}", colour, 1))
    save(
        "introduction",
        "One terrain under three glasses",
        "Pale contour lines fill the sheet. Three overlapping round glasses show the same hills in three ways: "
        "as contour lines, as strokes that run downhill, and as dots that crowd together on high ground.",
        body,
    )


# ------------------------------------------------------------- neural network


def grow(roots, food, step, sight, reach):
    """A tree that grows towards `food`, as parents and places of its nodes.

    Space colonisation: each piece of food pulls the nearest node, if that is
    within `sight`, and is eaten when a node comes within `reach`.
    """
    places, parents = list(roots), [None] * len(roots)
    nearest = [min((math.dist(f, p), i) for i, p in enumerate(places)) for f in food]
    alive = set(range(len(food)))
    for _ in range(200):
        pulls = {}
        for f in sorted(alive):
            away, i = nearest[f]
            if away < sight:
                dx, dy = food[f][0] - places[i][0], food[f][1] - places[i][1]
                px, py = pulls.get(i, (0, 0))
                pulls[i] = (px + dx / away, py + dy / away)
        born = []
        for i, (dx, dy) in sorted(pulls.items()):
            length = math.hypot(dx, dy) or 1
            spot = (places[i][0] + step * dx / length, places[i][1] + step * dy / length)
            if all(math.dist(spot, p) > step * 0.45 for p in places):
                born.append(len(places))
                places.append(spot)
                parents.append(i)
        if not born:
            break
        for f in list(alive):
            nearest[f] = min([nearest[f]] + [(math.dist(food[f], places[i]), i) for i in born])
            if nearest[f][0] < reach:
                alive.remove(f)
    return places, parents


def limbs(places, parents, thinnest, power):
    """The tree's lines sorted by width, and its tips; a stem is as thick as what it bears."""
    load = [0.0] * len(places)
    children = [[] for _ in places]
    for i in range(len(places) - 1, -1, -1):
        load[i] = load[i] or 1.0
        if parents[i] is not None:
            load[parents[i]] += load[i]
            children[parents[i]].append(i)
    lines = {}
    for i, p in enumerate(parents):
        if p is not None:
            width = round(2 * min(7.5, thinnest * load[i] ** power)) / 2
            lines.setdefault(width, []).append((*places[p], *places[i]))
    return sorted(lines.items()), [places[i] for i in range(len(places)) if not children[i] and parents[i] is not None]


def neural_network():
    rng = random.Random(29)
    body = []
    soma = (222, 262)
    food = []
    while len(food) < 380:
        a, r = rng.uniform(0, math.tau), math.sqrt(rng.uniform(0.07, 1))
        x, y = 212 + 184 * r * math.cos(a), 255 + 214 * r * math.sin(a)
        if not (x > 232 and abs(y - 262) < 0.75 * (x - 205)) and all(math.dist((x, y), f) > 10.5 for f in food):
            food.append((x, y))
    roots = [(soma[0] + 18 * math.cos(a), soma[1] + 18 * math.sin(a)) for a in (1.45, 2.2, 2.85, 3.5, 4.1, 4.8)]
    lines, tips = limbs(*grow(roots, food, 7, 80, 12), 0.95, 0.56)
    for width, pieces in lines:
        body.append(path(strokes(pieces), INK, width))
    body.append(path(specks(tips), RED, 4))

    # The axon: a thread in a sheath with gaps, then the endings.
    axon = [(242 + 3.4 * i, 262 + 7 * math.sin(i / 9) * min(1, i / 10)) for i in range(43)]
    body.append(path(polyline(axon), INK, 2.2))
    for i in range(6, 40, 9):
        body.append(path(polyline(axon[i : i + 7]), INK, 9.5))
        body.append(path(polyline(axon[i : i + 7]), PAPER, 7))
        body.append(path(polyline(axon[i : i + 7]), INK, 1))
    food = []
    while len(food) < 22:
        x, y = rng.uniform(405, 458), rng.uniform(165, 350)
        if abs(y - 262) < 1.6 * (x - 370) and all(math.dist((x, y), f) > 17 for f in food):
            food.append((x, y))
    lines, buds = limbs(*grow([axon[-1]], food, 5, 120, 7), 1.0, 0.35)
    for width, pieces in lines:
        body.append(path(strokes(pieces), INK, width))
    body.extend(circle(x, y, 3.2, PAPER, INK, 1.2) for x, y in buds)

    outline = []
    for i in range(40):
        a = math.tau * i / 40
        r = 27 + 3.5 * math.cos(3 * a) + 2 * math.cos(2 * a + 1)
        outline.append((soma[0] + r * math.cos(a), soma[1] + r * math.sin(a)))
    body.append(path(polyline(outline, closed=True), INK, 1.6, "#efe3cc"))
    grains = []
    for _ in range(150):
        a, r = rng.uniform(0, math.tau), 25 * math.sqrt(rng.random())
        x, y = soma[0] + r * math.cos(a), soma[1] + r * math.sin(a)
        if math.hypot(x - soma[0] + 3, y - soma[1] + 2) > 12 and (x - soma[0]) + (y - soma[1]) > rng.uniform(-30, 12):
            grains.append((x, y))
    body.append(path(specks(grains), INK, 1.3))
    body.append(circle(soma[0] - 3, soma[1] - 2, 10.5, PAPER, INK, 1.2))
    body.append(circle(soma[0] - 1, soma[1] - 3, 3.2, RED))

    body.append(path("M480 70V452", FAINT, 1.4, stroke_dasharray="1 7"))

    # The layered net, one unit of it picked out.
    columns = [(545, 5), (655, 7), (765, 7), (875, 3)]
    units = [[(x, 262 + (i - (count - 1) / 2) * 54) for i in range(count)] for x, count in columns]
    chosen = (2, 2)
    quiet, loud = {}, []
    for layer in range(3):
        for i, a in enumerate(units[layer]):
            for j, b in enumerate(units[layer + 1]):
                weight = rng.gauss(0, 1)
                size = round(min(2.0, 0.35 + 0.6 * abs(weight)), 1)
                if (layer + 1, j) == chosen:
                    loud.append((a, b, weight))
                else:
                    quiet.setdefault(size, []).append(f"M{pair(*a)}L{pair(*b)}")
    for size, lines in sorted(quiet.items()):
        body.append(path("".join(lines), "#a9b0b4", size * 0.7, opacity=0.75))
    for a, b, weight in loud:
        body.append(path(f"M{pair(*a)}L{pair(*b)}", TEAL if weight > 0 else RED, 0.9 + 1.7 * abs(weight)))
    for layer, column in enumerate(units):
        for j, (x, y) in enumerate(column):
            body.append(circle(x, y, 9.5, PAPER, INK, 1.5))
            if (layer, j) == chosen:
                body.append(circle(x, y, 15, PAPER, INK, 1.8))
                body.append(path(f"M{n(x - 9)} {n(y + 5)}h8l9-11", RED, 2.4))
            else:
                body.append(circle(x, y, 1.2 + 5.4 * rng.random(), INK))
    for x, word in [(120, "dendrites"), (222, "soma"), (320, "axon")]:
        body.append(text(x, 505, word, 16, SOFT, font_style="italic"))
    for x, word in [(600, "weights"), (765, "sum, then bend")]:
        body.append(text(x, 505, word, 16, SOFT, font_style="italic"))
    save(
        "neural_network",
        "A drawn neuron beside a layered network",
        "On the left a neuron with branching dendrites, a dotted cell body and a sheathed axon. On the right four "
        "columns of circles, each joined to all circles of the next column; one circle is enlarged, with coloured "
        "incoming lines and a bent line inside.",
        body,
    )


# ------------------------------------------------------------- loss landscape


def loss_landscape():
    bumps = [  # x, y, height, spread across, spread in depth
        (-0.18, 1.02, 0.95, 0.42, 0.30),
        (0.75, 0.95, 0.8, 0.30, 0.26),
        (-0.95, 0.80, 0.75, 0.26, 0.30),
        (0.02, 0.30, 0.50, 0.20, 0.17),
        (0.98, 0.30, 0.55, 0.26, 0.3),
        (-1.0, 0.15, 0.35, 0.26, 0.22),
        (0.47, 0.34, -0.52, 0.24, 0.21),
        (-0.50, 0.27, -0.62, 0.27, 0.20),
    ]

    def height(x, y):
        total = sum(h * math.exp(-(((x - a) / sx) ** 2) - ((y - b) / sy) ** 2) for a, b, h, sx, sy in bumps)
        return total + 0.018 * math.sin(9 * x + 2 * y) * math.cos(8 * y)

    def project(x, y, lift=0.0):
        scale = 1 / (1 + 0.75 * y)
        floor = 60 + 400 * (1 / (1 + 0.75 * y) - 1 / 1.75 * 0.85) / (1 - 1 / 1.75 * 0.85)
        return 480 + 420 * x * scale, floor - 190 * (height(x, y) + lift) * scale + 18

    def descend(x, y):
        """Gradient descent with a little momentum, in the plane of the parameters."""
        vx = vy = 0.0
        walk = [(x, y)]
        for _ in range(400):
            e = 1e-4
            gx = (height(x + e, y) - height(x - e, y)) / (2 * e)
            gy = (height(x, y + e) - height(x, y - e)) / (2 * e)
            vx, vy = 0.8 * vx - 0.0045 * gx, 0.8 * vy - 0.0045 * gy
            x, y = x + vx, y + vy
            walk.append((x, y))
        return walk

    walks = [(descend(-0.07, 0.93), RED), (descend(-0.17, 0.93), TEAL)]
    rows, columns = 48, 64
    skyline = [float(HEIGHT)] * WIDTH  # the highest point drawn so far in each column of pixels
    ridges, roads = [], {RED: [], TEAL: []}
    nearer = -1.0
    for i in range(rows):  # from the front to the back, so that what is near hides what is far
        depth = 1.12 * i / (rows - 1)
        for walk, colour in walks:
            band = [(x, y) for x, y in dense(walk) if nearer <= y < depth]
            points = [project(x, y, 0.006) for x, y in band]
            roads[colour].append([p for p in points if p[1] < skyline[int(p[0])] + 1.5])
        points = [project(-1.06 + 2.12 * c / columns, depth) for c in range(columns + 1)]
        shade = [round(a + (b - a) * i / rows) for a, b in zip((34, 48, 60), (156, 168, 176))]
        ridges.append(path("".join(seen(points, skyline)), "#%02x%02x%02x" % tuple(shade), 1.25 - 0.6 * i / rows))
        nearer = depth
    body = ridges[::-1]
    for walk, colour in walks:
        for back, front in (("#faf7f0", 6.5), (colour, 3)):
            body.append(path("".join(polyline(thin(run, 0.2)) for run in joined(roads[colour])), back, front))
    for walk, colour in walks:
        x, y = project(*walk[0], 0.006)
        body.append(circle(x, y, 4.6, PAPER, colour, 2.2))
        x, y = project(*walk[-1], 0.006)
        body.append(circle(x, y, 6.5, colour, PAPER, 1.8))
    x, y = project(-0.12, 1.02)
    body.append(text(x, y - 14, "two starts", 16, SOFT, font_style="italic"))
    save(
        "loss_landscape",
        "Two descents on one surface",
        "A hilly surface drawn as stacked ridge lines in perspective. From two neighbouring points on the highest ridge "
        "a red and a blue-green line run downhill; a low hill parts them and they end in different hollows.",
        body,
    )


def dense(walk):
    """The walk with many points on every step, from its end to its start."""
    points = []
    for (ax, ay), (bx, by) in zip(walk, walk[1:]):
        points.extend((ax + (bx - ax) * t / 12, ay + (by - ay) * t / 12) for t in range(12))
    return (points + walk[-1:])[::-1]


def joined(runs):
    """Runs of points that follow each other closely, as one line each."""
    lines = []
    for point in (p for run in runs for p in run):
        if lines and math.dist(lines[-1][-1], point) < 6:
            lines[-1].append(point)
        else:
            lines.append([point])
    return [line for line in lines if len(line) > 1]


def seen(points, skyline):
    """The parts of a ridge line that stand above the skyline, which it then raises."""
    parts, run = [], []
    corner = 0
    for x in range(math.ceil(points[0][0]), int(points[-1][0]) + 1):
        while points[corner + 1][0] < x:
            corner += 1
        (ax, ay), (bx, by) = points[corner], points[corner + 1]
        y = ay + (by - ay) * (x - ax) / (bx - ax)
        if y < skyline[x]:
            skyline[x] = y
            run.append((x, y))
        elif run:
            parts, run = parts + [run], []
    return [polyline(thin(part, 0.18)) for part in parts + [run] if len(part) > 2]


# ------------------------------------------------------------------ attention


def attention():
    words = ["The", "violin", "would", "not", "fit", "in", "the", "case", "because", "it", "was", "too"]
    long = [0.02, 0.55, 0.02, 0.02, 0.06, 0.01, 0.01, 0.11, 0.03, 0.05, 0.02, 0.04, 0.06]
    short = [0.02, 0.12, 0.02, 0.02, 0.06, 0.02, 0.02, 0.53, 0.03, 0.05, 0.02, 0.04, 0.05]
    assert abs(sum(long) - 1) < 1e-9 and abs(sum(short) - 1) < 1e-9
    advance = {"i": 4, "t": 5.5, "f": 5.5, "l": 4, "m": 15, "w": 13, "W": 16, "T": 11}
    widths = [sum(advance.get(c, 9.6) for c in w) for w in words] + [46]
    gap = (WIDTH - 92 - sum(widths)) / (len(widths) - 1)
    centres, x = [], 46.0
    for w in widths:
        centres.append(x + w / 2)
        x += w + gap
    middle = HEIGHT / 2
    body = []
    rng = random.Random(5)
    for side in (-1, 1):
        threads = []
        for i in range(13):
            for j in range(i):
                if rng.random() < 0.5 and 9 not in (i, j):
                    a, b = centres[j], centres[i]
                    top = 26 * (1 if side < 0 else 1)
                    rise = min(196, (b - a) * 0.46)
                    y = middle + side * top
                    threads.append(f"M{pair(a, y)}C{pair(a, y + side * rise * 1.3)} {pair(b, y + side * rise * 1.3)} {pair(b, y)}")
        body.append(path("".join(threads), "#e0d9ca", 0.9))
    for side, weights, colour in ((-1, long, TEAL), (1, short, RED)):
        y = middle + side * 26
        order = sorted(range(13), key=lambda i: weights[i])
        for i in order:
            if i == 9:
                continue
            a, b = centres[9], centres[i]
            rise = min(215, abs(b - a) * 0.5 + 8)
            body.append(
                path(
                    f"M{pair(a, y)}C{pair(a, y + side * rise * 1.3)} {pair(b, y + side * rise * 1.3)} {pair(b, y)}",
                    colour,
                    max(1.0, 22 * weights[i]),
                    opacity=n(min(1, 0.45 + 1.2 * weights[i]), 2),
                )
            )
    body.append(f'<rect x="0" y="{n(middle - 25)}" width="{WIDTH}" height="50" fill="{PAPER}"/>')
    for i, word in enumerate(words):
        strong = word in ("violin", "case", "it")
        body.append(text(centres[i], middle + 6, word, 19, INK, font_weight=700 if strong else 400))
    body.append(text(centres[12], middle - 8, "long", 19, TEAL, font_weight=700))
    body.append(text(centres[12], middle + 21, "short", 19, RED, font_weight=700))
    for side, weights, colour in ((-1, long, TEAL), (1, short, RED)):
        for i in (1, 7):
            body.append(
                text(centres[i] - 20, middle + side * 62 + 5, f"{weights[i]:.2f}".lstrip("0"), 15, colour, "end",
                     stroke=PAPER, stroke_width=4, paint_order="stroke")
            )
    save(
        "attention",
        "Where one word reads from, in two versions of a sentence",
        "The sentence: The violin would not fit in the case because it was too long, or too short. Arcs join the word "
        "it to every other word, thicker where the weight is larger. Above, for long, the thickest arc ends at violin; "
        "below, for short, at case.",
        body,
    )


# --------------------------------------------------------- mixture of experts


def hatch(kind, x, y, w, h):
    """Six engraver's textures, so that the experts look alike only in size."""
    lines = []
    if kind == 0:
        lines = [f"M{n(x)} {n(y + i)}h{n(w)}" for i in range(5, int(h), 5)]
    elif kind == 1:
        lines = [f"M{n(x + i)} {n(y)}v{n(h)}" for i in range(5, int(w), 5)]
    elif kind == 2:
        lines = [f"M{n(x + i)} {n(y)}l{n(-h)} {n(h)}" for i in range(6, int(w + h), 7)]
    elif kind == 3:
        lines = [f"M{n(x + i)} {n(y + j)}h0" for j in range(5, int(h), 7) for i in range(4 + (j // 7 % 2) * 4, int(w), 8)]
    elif kind == 4:
        for j in range(5, int(h), 8):
            lines.append(f"M{n(x)} {n(y + j)}" + "".join("q4-6 8 0t8 0" for _ in range(int(w) // 16 + 1)))
    else:
        for r in range(6, 110, 7):
            lines.append(f"M{n(x + w / 2 - r)} {n(y + h)}a{r} {r} 0 0 1 {2 * r} 0")
    return "".join(lines)


def mixture_of_experts():
    rng = random.Random(17)
    tokens = ["the", "river", "rose", "(", "3.2", "m", ")", "overnight"]
    heights = [86 + 52.5 * i for i in range(8)]
    experts = [74 + 78.5 * i for i in range(6)]
    gate_x, left, right = 330, 560, 680
    top_two = [(1, 4, 0.7), (0, 2, 0.6), (2, 0, 0.75), (3, 1, 0.8), (3, 5, 0.65), (5, 3, 0.55), (3, 1, 0.85), (2, 4, 0.6)]
    colours = [SOFT, TEAL, TEAL, RED, RED, OCHRE, RED, TEAL]
    colours[0] = INK
    body = ["<defs>"]
    for e, y in enumerate(experts):
        body.append(f'<clipPath id="e{e}"><rect x="{left}" y="{n(y - 27)}" width="{right - left}" height="54" rx="6"/></clipPath>')
    body.append("</defs>")

    # Roads not taken, then the two roads that each token takes.
    faint = []
    for y in heights:
        for e in experts:
            faint.append(f"M{gate_x} {n(y)}C{gate_x + 120} {n(y)} {left - 110} {n(e)} {left} {n(e)}")
    body.append(path("".join(faint), "#ddd6c7", 0.7))
    arrivals = {}
    for t, (a, b, share) in enumerate(top_two):
        for e, part in ((a, share), (b, 1 - share)):
            arrivals.setdefault(e, []).append((t, part))
    landing = {}
    for e, visitors in arrivals.items():
        for k, (t, part) in enumerate(sorted(visitors)):
            landing[(e, t)] = experts[e] + (k - (len(visitors) - 1) / 2) * 11
    for t, (a, b, share) in enumerate(top_two):
        y = heights[t]
        body.append(path(f"M150 {n(y)}H{gate_x}", colours[t], 2.2))
        for e, part in ((b, 1 - share), (a, share)):
            z = landing[(e, t)]
            body.append(
                path(f"M{gate_x} {n(y)}C{gate_x + 120} {n(y)} {left - 110} {n(z)} {left} {n(z)}", colours[t], 0.8 + 5.2 * part, opacity=0.9)
            )
            body.append(
                path(f"M{right} {n(z)}C{right + 70} {n(z)} {780} {n(y)} 850 {n(y)}", colours[t], 0.8 + 5.2 * part, opacity=0.9)
            )
        body.append(circle(854, y, 5.5, PAPER, colours[t], 2))
        body.append(path(f"M860 {n(y)}h28", colours[t], 2.2))

    # The gate: for every token a row of six small squares, the chosen two filled.
    body.append(f'<rect x="{gate_x - 44}" y="56" width="88" height="428" rx="10" fill="{PAPER}" stroke="{INK}" stroke-width="1.6"/>')
    for t, (a, b, share) in enumerate(top_two):
        for e in range(6):
            part = share if e == a else 1 - share if e == b else 0.08 * rng.random()
            tall = 3 + 27 * part
            fill = colours[t] if e in (a, b) else FAINT
            body.append(f'<rect x="{n(gate_x - 33 + 11.6 * e)}" y="{n(heights[t] + 13 - tall)}" width="8" height="{n(tall)}" fill="{fill}"/>')
        body.append(path(f"M{gate_x - 35} {n(heights[t] + 14.5)}h70", SOFT, 0.7))

    for e, y in enumerate(experts):
        body.append(f'<rect x="{left}" y="{n(y - 27)}" width="{right - left}" height="54" rx="6" fill="#f3ecdc" stroke="{INK}" stroke-width="1.6"/>')
        d = hatch(e, left, y - 27, right - left, 54)
        body.append(f'<g clip-path="url(#e{e})">' + path(d, INK, 2 if e == 3 else 0.9, opacity=0.62) + "</g>")
    for t, word in enumerate(tokens):
        body.append(text(136, heights[t] + 6, word, 18, colours[t], "end"))
    for x, word in [(105, "tokens"), (gate_x, "gate"), ((left + right) / 2, "experts"), (866, "sums")]:
        body.append(text(x, 524, word, 16, SOFT, font_style="italic"))
    save(
        "mixture_of_experts",
        "Eight tokens, one gate, six experts",
        "Eight tokens on the left enter a gate that shows six bars for each. From the gate every token takes two "
        "coloured roads, a broad and a narrow one, to two of six hatched boxes; the roads leave the boxes and meet again "
        "in one sum for each token. Four tokens crowd into the fourth box.",
        body,
    )


# ----------------------------------------------------------------- conclusion


def conclusion():
    def fold(y):
        return 2 * abs(y) - 1

    def part(y):
        return 0.62 * math.tanh(5 * y) + 0.28 * y

    stages = [fold, fold, fold, part]
    xs = [90, 285, 480, 675, 870]
    middle, reach = 322, 178
    count = 96
    threads = {TEAL: [], RED: []}
    ends = {TEAL: [], RED: []}
    for k in range(count):
        value = -1 + 2 * (k + 0.5) / count
        values = [value]
        for stage in stages:
            values.append(stage(values[-1]))
        colour = TEAL if values[-1] > 0 else RED
        d = f"M{xs[0]} {n(middle - reach * values[0])}"
        for i in range(4):
            a, b = middle - reach * values[i], middle - reach * values[i + 1]
            d += f"C{xs[i] + 88} {n(a)} {xs[i + 1] - 88} {n(b)} {xs[i + 1]} {n(b)}"
        threads[colour].append(d)
        ends[colour].append((values[0], values[-1]))
    body = []
    for colour in (TEAL, RED):
        body.append(path("".join(threads[colour]), colour, 0.9, opacity=0.8))
    for x in xs:
        body.append(path(f"M{x} {middle - reach - 8}V{middle + reach + 8}", INK, 1.2))
    for colour in (TEAL, RED):
        body.append(path("".join(f"M{xs[0]} {n(middle - reach * a)}h0M{xs[4]} {n(middle - reach * b)}h0" for a, b in ends[colour]), colour, 3.4))
    # Above each step, the graph of the function that is applied there.
    for i, stage in enumerate(stages):
        cx, cy, r = (xs[i] + xs[i + 1]) / 2, 78, 40
        body.append(f'<rect x="{n(cx - r)}" y="{cy - r}" width="{2 * r}" height="{2 * r}" rx="6" fill="#fffdf8" stroke="{SOFT}" stroke-width="1"/>')
        body.append(path(f"M{n(cx - r + 6)} {cy}h{2 * r - 12}M{n(cx)} {cy - r + 6}v{2 * r - 12}", FAINT, 1))
        steps = [-1 + 0.05 * s for s in range(41)]
        graph = [(cx + 31 * v, cy - 31 * stage(v)) for v in steps]
        body.append(path(polyline(thin(graph, 0.15)), INK, 2))
    for x, word in [(187.5, "fold"), (382.5, "fold"), (577.5, "fold"), (772.5, "part")]:
        body.append(text(x + 50, 114, word, 16, SOFT, "start", font_style="italic"))
    save(
        "conclusion",
        "Three folds and a parting",
        "Threads run from left to right through four steps. On the left their two colours alternate in nine bands. Each "
        "of three steps folds the bundle in half, as the small graph above it shows; the last step pushes the two colours "
        "apart, so that on the right one colour lies above the other.",
        body,
    )


if __name__ == "__main__":
    introduction()
    neural_network()
    loss_landscape()
    attention()
    mixture_of_experts()
    conclusion()
