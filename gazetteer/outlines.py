"""Middles of first-level divisions, from the outlines of Natural Earth that Debian's qgis-common carries.

An outline is given to the division that most of the places inside it belong to; no name and no code is compared, for those
of the two sources disagree. Only middles are taken: a division's outlines together, weighted by area.
"""

import math
import sqlite3
import struct
from collections import Counter, defaultdict
from pathlib import Path

PLACES_PER_DIVISION = 60
# An outline must hold so large a share of places of one division for it to be that division's.
SHARE = 0.6


def polygons(blob: bytes):
    """The polygons of a GeoPackage geometry: rings of (lon, lat), the outer one first."""
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
    at = 8 + envelope
    found = []

    def polygon(at):
        order = "<" if blob[at] else ">"
        count = struct.unpack_from(order + "I", blob, at + 5)[0]
        at += 9
        parts = []
        for _ in range(count):
            size = struct.unpack_from(order + "I", blob, at)[0]
            numbers = struct.unpack_from(f"{order}{2 * size}d", blob, at + 4)
            at += 4 + 16 * size
            parts.append(list(zip(numbers[::2], numbers[1::2])))
        found.append(parts)
        return at

    order = "<" if blob[at] else ">"
    kind = struct.unpack_from(order + "I", blob, at + 1)[0] % 1000
    if kind == 3:
        polygon(at)
    elif kind == 6:
        count = struct.unpack_from(order + "I", blob, at + 5)[0]
        at += 9
        for _ in range(count):
            at = polygon(at)
    return found


def inside(polygon, lon, lat) -> bool:
    """Whether the point lies within the outer ring and in no hole: an odd number of edges to its east."""
    odd = False
    for ring in polygon:
        x2, y2 = ring[-1]
        for x1, y1 in ring:
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                odd = not odd
            x2, y2 = x1, y1
    return odd


def area_and_middle(ring):
    """Area in square degrees at the ring's own latitude, and the middle."""
    area = lon = lat = 0.0
    x2, y2 = ring[-1]
    for x1, y1 in ring:
        cross = x2 * y1 - x1 * y2
        area += cross
        lon += (x1 + x2) * cross
        lat += (y1 + y2) * cross
        x2, y2 = x1, y1
    if area == 0:
        return 0.0, (0.0, 0.0)
    middle = (lat / (3 * area), lon / (3 * area))
    return abs(area / 2) * math.cos(math.radians(middle[0])), middle


def middles(package: Path, within) -> dict[str, tuple[float, float]]:
    """Division code → (lat, lon), for the divisions whose outlines could be told; `within` lists the places of each."""
    database = sqlite3.connect(f"file:{package}?mode=ro", uri=True)
    outlines, grid = [], defaultdict(set)
    for number, (blob,) in enumerate(database.execute("select geom from states_provinces order by fid")):
        parts = [polygon for polygon in polygons(blob) if len(polygon[0]) > 3] if blob else []
        boxes = []
        for ring, *_ in parts:
            lons, lats = [p[0] for p in ring], [p[1] for p in ring]
            boxes.append((min(lons), max(lons), min(lats), max(lats)))
            for x in range(int(min(lons) // 2), int(max(lons) // 2) + 1):
                for y in range(int(min(lats) // 2), int(max(lats) // 2) + 1):
                    grid[x, y].add(number)
        outlines.append((parts, boxes))

    holds = defaultdict(Counter)
    for code, places in sorted(within.items()):
        if code.count(".") != 1:
            continue
        step = max(1, len(places) // PLACES_PER_DIVISION)
        for (lat, lon), _, _ in places[::step]:
            for number in sorted(grid[int(lon // 2), int(lat // 2)]):
                parts, boxes = outlines[number]
                if any(w <= lon <= e and s <= lat <= n and inside(polygon, lon, lat)
                       for polygon, (w, e, s, n) in zip(parts, boxes)):
                    # Each place counts by how many its sampling stands for.
                    holds[number][code] += step
                    break

    totals = Counter()
    for codes in holds.values():
        totals.update(codes)
    owned = defaultdict(list)
    for number, codes in holds.items():
        code, count = codes.most_common(1)[0]
        # An outline older than a division that was cut out of it holds both and is of use to neither.
        older = any(other != code and other[:2] == code[:2] and 3 <= totals[other] and n >= SHARE * totals[other]
                    for other, n in codes.items())
        if count >= SHARE * sum(codes.values()) and not older:
            owned[code].append(number)
    found = {}
    for code, numbers in owned.items():
        # The outlines must hold most of the division, not a corner of it.
        held = sum(holds[number][code] for number in numbers)
        if held < SHARE * totals[code]:
            continue
        total = lat = lon = 0.0
        for number in numbers:
            for ring, *_ in outlines[number][0]:
                area, middle = area_and_middle(ring)
                # Alaska and Chukotka lie on both sides of the antimeridian.
                east = middle[1]
                if code.startswith("US") and east > 0:
                    east -= 360
                elif code.startswith("RU") and east < 0:
                    east += 360
                total, lat, lon = total + area, lat + area * middle[0], lon + area * east
        if total:
            lon = lon / total
            found[code] = (lat / total, (lon + 180) % 360 - 180)
    return found
