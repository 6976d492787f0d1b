#!/usr/bin/env python3
"""Makes the seed corpora of the fuzz targets, in fuzz/corpus/TARGET/, from the sample archive and from small documents here.

Nothing of it is committed: run it once before fuzzing. It needs Python 3.9 and no package.
"""

import gzip
import io
import pathlib
import tarfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
SAMPLE = HERE.parent / "sample_corpus"
TESTS = HERE.parent / "tests"

FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Example Desk</title><language>en</language><item><title>Bridge reopens</title><link>https://example.org/a</link>
<pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate><content:encoded><![CDATA[<p>The bridge is open &amp; safe.</p>]]></content:encoded>
</item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Desk</title><entry><id>1</id><title type="html">A &lt;b&gt;bridge&lt;/b&gt;</title>
<published>2024-03-04T08:00:00Z</published><content type="html">&lt;p&gt;It is open.&lt;/p&gt;</content></entry></feed>"""
NITF = """<nitf><head><title>Bridge reopens</title><docdata><date.issue norm="20240304T080000Z"/><doc.copyright holder="Example"/></docdata></head>
<body><body.head><hedline><hl1>Bridge reopens</hl1></hedline><byline>By A Reporter</byline><dateline><location>Example Town</location></dateline></body.head>
<body.content><p>The bridge is open.</p></body.content></body></nitf>"""
NEWSML = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"><itemMeta><versionCreated>2024-03-04T08:00:00Z</versionCreated></itemMeta>
<contentMeta><headline>Bridge reopens</headline><language tag="en"/></contentMeta><contentSet><inlineXML><html><body><p>It is open.</p></body></html>
</inlineXML></contentSet></newsItem>"""
MAIL = """From: A Reporter <a@example.org>\r\nSubject: =?utf-8?q?Br=C3=BCcke?= reopens\r\nDate: Mon, 4 Mar 2024 08:00:00 +0200
Message-ID: <1@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n--b
Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe bridge is=20open.\r\n--b
Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+VGhlIGJyaWRnZSBpcyBvcGVuLjwvcD4=\r\n--b--\r\n"""
PAGE = """<!doctype html><html lang="en"><head><title>Bridge reopens | Example Desk</title><link rel="canonical" href="https://example.org/2024/03/04/a">
<meta property="article:published_time" content="2024-03-04T08:00:00Z"><script type="application/ld+json">{"@type":"NewsArticle",
"headline":"Bridge reopens","datePublished":"2024-03-04","author":{"name":"A Reporter"}}</script></head><body><nav><a href="/">Home</a></nav>
<article><h1>Bridge reopens</h1><time datetime="2024-03-04">4 March 2024</time><p>The bridge over the river is open again, the town said.</p>
<table><tr><td>1<td>2</table><ul><li>One<li>Two</ul></article><footer>&copy; Example</footer></body></html>"""
WORD = """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>
<w:r><w:t>Bridge reopens</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">It is </w:t><w:tab/><w:br/><w:t>open.</w:t></w:r></w:p></w:body></w:document>"""
ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:text><text:h>Bridge reopens</text:h><text:p>It is<text:s text:c="2"/>open.<text:line-break/></text:p></office:text></office:body></office:document-content>"""
TABLES = [
    "event_id_cnty,event_date,country,admin1,location,latitude,longitude,source,notes\nSYR1,04 March 2024,Syria,Aleppo,Azaz,36.5,37.0,Desk,\"Shelling, near Azaz.\"\n",
    "id,title,date,text\n1,\"Bridge \"\"reopens\"\"\",2024-03-04,It is open.\n",
    "title\tdate\ttext\nBridge\t04/03/2024\tIt is open.\n",
]
ANSWER = """{"totalCount":1,"data":[{"id":"1","fields":{"title":"Bridge reopens","body":"It is open.","date":{"original":"2024-03-04T00:00:00+00:00"},
"primary_country":{"name":"Syria","iso3":"syr"},"source":[{"name":"Example"}],"language":[{"code":"en"}]}}]}"""


def warc() -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE.encode()
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<p>It is \r\n9\r\nopen.</p>\r\n0\r\n\r\n"
    out = b""
    for body in (http, chunked):
        out += (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\nWARC-Date: 2024-03-04T08:00:00Z\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(body)
        ) + body + b"\r\n\r\n"
    return out


def pdf() -> bytes:
    stream = "BT /F1 12 Tf 72 700 Td (The bridge is open.) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{at:010} 00000 n \n" for at in offsets)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out.encode()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, body in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return out.getvalue()


def main() -> None:
    count = 0

    def put(target: str, body: "bytes | str", selector: "int | None" = None) -> None:
        nonlocal count
        body = body.encode() if isinstance(body, str) else body
        folder = HERE / "corpus" / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"seed-{count:04}").write_bytes((b"" if selector is None else bytes([selector])) + body)
        count += 1

    def sample(*suffixes: str) -> "list[bytes]":
        files = sorted(p for p in SAMPLE.rglob("*") if p.suffix in suffixes and p.is_file())
        return [p.read_bytes()[:4096] for p in files]

    # The first byte of the input chooses the name: the order is that of NAMES in each target.
    for body in sample(".txt"):
        put("text", body, 0)
        put("dates", body)
        put("places", body)
    for body in sample(".md"):
        put("text", body, 1)
    put("text", "Brücke".encode("utf-16"), 0)
    put("text", "мост открыт, сообщили власти города".encode("cp1251"), 0)
    for body in [*sample(".html"), PAGE.encode()]:
        put("html", body, 0)
    for body in sample(".jsonl"):
        put("json", body, 0)
    for body in [*sample(".json"), ANSWER.encode()]:
        put("json", body, 1)
    for body in TABLES:
        put("table", body, int("\t" in body))
    for body in (FEED, ATOM, NITF, NEWSML):
        put("xml", body, 0)
    put("mail", MAIL, 0)
    put("mail", "From a@example.org Mon Mar  4 08:00:00 2024\n" + MAIL.replace("\r", "") * 2, 1)
    put("warc", warc(), 0)
    members = {"a.txt": b"The bridge is open.\n", "b/c.jsonl": b'{"text":"It is open."}\n', "d.html": PAGE.encode()}
    for body in (zipped(members), tarred(members), gzip.compress(b"The bridge is open.\n"), gzip.compress(tarred(members)), gzip.compress(warc())):
        put("packed", body, 0)
    for body in sample(".gz"):
        put("packed", body, 2)
    put("office", WORD, 0)
    put("office", ODT, 1)
    put("pdf", pdf())
    for path in sorted(SAMPLE.rglob("dateline.toml")):
        put("archive_file", path.read_bytes())
    put("archive_file", '[[files]]\npath = "wire/*.txt"\ndate = "2025-05"\nskip = true\nmap = { text = "story", date = ["released"] }\n[map]\nsource = "outlet"\n')
    for path in sorted((TESTS / "dates").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            put("dates", line)
    for line in (TESTS / "quality" / "queries.toml").read_text(encoding="utf-8").splitlines():
        if line.startswith("query"):
            put("query", line.split("=", 1)[1].strip().strip("'\""))
    for query in (
        'strikes near:"Bakhmut"/25km date:2025-05-07..2025-05-10 -country:RU',
        '"cease fire"~5 OR evacuat* Pahlgm~1 (place:Punjab/PK NOT lang:en)',
        'region:"Southern Asia" event:2025 pub:2025-05 source:"A wire" title:bridge path:wire/*',
    ):
        put("query", query)
    print(f"{count} seeds in {HERE / 'corpus'}")


if __name__ == "__main__":
    main()
