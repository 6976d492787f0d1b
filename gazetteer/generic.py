"""Rules that derive further spellings from a name."""

import re

ARTICLE_COUNTRIES = set("AE BH DJ DZ EG EH ER IL IQ IR JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TD TN TR YE".split())
ARTICLE = re.compile(r"^(?:al|el|ar|as|ash|at|ath|an|az|ad|adh|aḑ|aş|aţ|az̧|er|es|ech|esh|et|en|ed|ez)[\s\-‐'’]+(?=\w)", re.I)
# What would be left is an English word, a name of a person or no name at all.
NOT_ALONE = set(
    "arab arabs aziz bank bath city east hard hill lake land main male mid north part red salam salt sayyid sheikh south "
    "west white wasat gharb sharq junub shamal jadid jadidah kabir saghir awal thani hamra dar sin mine ours mans sir "
    "arish abad hasan husayn ahmad ali muhammad mahmud said rahman karim".split()) - {"arish"}


def article_stripped(name: str) -> str | None:
    """ "El-Hodeidah" → "Hodeidah"; nothing where too little would be left."""
    rest = ARTICLE.sub("", name, count=1)
    if rest == name or len(rest) < 4 or rest.lower() in NOT_ALONE:
        return None
    return rest[0].upper() + rest[1:]


AFTER = (
    "Province|Governorate|Oblast|oblast|Oblast'|Krai|Kray|Okrug|Rayon|Raion|District|district|County|Region|Department|Prefecture|"
    "Municipality|State|Division|Republic|Canton|Parish|Wilaya|Voivodeship|Territory|Zone|Woreda|Cercle|Commune|Atoll|Shi|"
    "İlçesi|pagasts|Kommun|Kommune|kommun|Tumani|Járás|Aūdany|vald|Gun|Sum|Zizhizhou|Buri Province|Borough|Autonomous Region|"
    "Metropolitan Municipality|Rural District|Urban District|Special Region|Capital Territory|National Capital Territory|"
    "rayon|Poseleniye|Shahri|Shahrestan|Barrio|Barrio-Pueblo|Ulus|City"
)
BEFORE = (
    "Province of|Governorate of|Republic of|State of|Department of|County of|District of|City of|Wilaya of|Wilaya de|Comuna|"
    "Municipio de|Municipio|Amphoe|Huyện|Provincia di|Provincia de|Provincia|Kabupaten|Departamento de|Departamento del|"
    "Departamento|Shahrestān-e|Ostān-e|Powiat|Gemeente|Obshtina|Gorodskoy Okrug|Oraş|Okres|Partido de|Markaz|Kota|Municipiul|"
    "Grad|Distrito de|Distrito|Politischer Bezirk|Općina|Opština|Daïra de|Daïra|Srŏk|Bashkia|Bezirk|Commune de|Liwā’|Quận|"
    "Département de la|Département de l'|Département des|Département du|Département de|Département|Nomós|Nohiyai|Cantón|"
    "Muhafazat|Muḩāfaz̧at|Province de|Région de|Région du|Oblast de|Óblast de|Oblast|Opština|Cercle de|Préfecture de|Komuna|Muang|"
    "Estado de|Gouvernement|Bundesland|Kreis|Landkreis|Territoire de"
)
SUFFIX = re.compile(rf"^(.{{3,}}?)\s+(?:{AFTER})$")
PREFIX = re.compile(rf"^(?:{BEFORE})\s+(.{{3,}})$")
# Left alone these say nothing: "North Province", "Capital Region", "Central District".
DIRECTIONS = set(
    "north south east west central northern southern eastern western centre center upper lower capital north-west north-east "
    "south-west south-east northwest northeast southwest southeast northwestern northeastern southwestern southeastern "
    "nord sud est ouest norte sul sur oeste este coast lakes hill islands island the new old national free state federal "
    "autonomous special metropolitan urban rural mid far river bay valley park delta plateau savannah highlands lake "
    "middle outer inner greater little big white black red blue green king queen prince union liberty republic "
    "independence victory freedom".split())


def division_short_forms(name: str) -> list[str]:
    """ "Idlib Governorate" → "Idlib", "Republic of Tyva" → "Tyva"."""
    forms = []
    for pattern in (SUFFIX, PREFIX):
        if match := pattern.match(name):
            short = match.group(1)
            if short.lower() not in DIRECTIONS:
                forms.append(short)
    return forms


SAINT = [(re.compile(r"^Saint\b"), "St"), (re.compile(r"^St\.?(?=[\s-])"), "Saint"), (re.compile(r"^Mount\b"), "Mt"),
         (re.compile(r"^Mt\.?(?=[\s])"), "Mount"), (re.compile(r"^Fort\b(?=\s)"), "Ft"), (re.compile(r"^Ft\.?(?=\s)"), "Fort")]


def saint_forms(name: str) -> list[str]:
    """ "Saint Louis" → "St Louis" and back; "Mount" and "Fort" alike."""
    return [pattern.sub(other, name, count=1) for pattern, other in SAINT if pattern.search(name)]
