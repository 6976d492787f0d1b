//! One article through every format that is read, made here so that its bytes can be seen.

use dateline::Article;
use dateline::extract::settings::ExtractSettings;
use dateline::model::article::Origin;

use crate::support::files::{gzip, pdf_of_pages, pdf_page, zip_of};
use crate::support::reading::read_with;

fn read(name: &str, bytes: &[u8]) -> Vec<Article> {
    let (articles, problems) = read_with(name, bytes, &ExtractSettings::default());
    assert!(problems.is_empty(), "{name}: {problems:?}");
    articles
}

fn published(a: &Article) -> String {
    a.published.map(|p| p.range.to_string()).unwrap_or_default()
}

fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, *bytes).unwrap();
    }
    tar.into_inner().unwrap()
}

const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>Bridge reopens | Example Desk</title>
<meta property="og:site_name" content="Example Desk"><meta property="article:published_time" content="2024-03-04T08:00:00Z">
<meta name="author" content="A. Writer"><link rel="canonical" href="https://example.org/bridge"></head><body>
<nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Bridge reopens</h1>
<p>The bridge over the river was open again on Monday, two weeks after a flood had shut it, the mayor said at noon.</p>
<p>Lorries crossed it in both directions during the afternoon, and the ferry that had replaced it was taken out of service.</p>
<p>Engineers had worked through the night to clear the last of the timber that the water had left against its piers.</p>
</article><div class="cookie-banner">We use cookies. Accept all.</div><footer>About us</footer></body></html>"#;

#[test]
fn a_page_gives_its_text_in_paragraphs_and_what_it_says_of_itself() {
    let a = &read("a.html", PAGE.as_bytes())[0];
    assert!(a.text.contains("mayor said at noon.\n\nLorries crossed"), "{}", a.text);
    assert!(!a.text.contains("cookies") && !a.text.contains("Home") && !a.text.contains("About us"), "{}", a.text);
    assert_eq!((a.title.as_str(), a.source.as_deref()), ("Bridge reopens", Some("Example Desk")));
    assert_eq!((a.url.as_deref(), a.byline.as_deref()), (Some("https://example.org/bridge"), Some("A. Writer")));
    assert_eq!((published(a).as_str(), a.published.unwrap().from), ("2024-03-04", Origin::Meta));
    assert_eq!(a.language.as_deref(), Some("en"));
}

#[test]
fn a_short_post_in_a_page_of_furniture_is_read() {
    let page = "<html><body><nav><a href=/>Home</a><a href=/w>World</a></nav><div class=message_wrap><div class=message>\
        <div class=message_text>The bridge over the river is open again for cars, and the town says that lorries will follow.<br/>\
        <br/>Engineers looked at the damage for two weeks and found that the northern pillars had held, they said.</div>\
        <a class=message_date href=x><time datetime=2024-03-04T03:00:00+00:00>03:00</time></a></div></div>\
        <footer><p>Copyright Example. All rights reserved. Terms of use.</p></footer></body></html>";
    let a = &read("post.html", page.as_bytes())[0];
    assert!(a.text.starts_with("The bridge over") && a.text.contains("\n\nEngineers looked"), "{:?}", a.text);
    assert!(!a.text.contains("Copyright"), "{:?}", a.text);
    assert_eq!(published(a), "2024-03-04");
}

#[test]
fn what_stands_in_place_of_frames_is_read() {
    let page = "<html><head><title>Bridge</title></head><frameset cols=20,80><frame src=a.html><noframes><body>\
        <p>The bridge is open again.</p><p>Lorries crossed it.</p></body></noframes></frameset></html>";
    assert_eq!(read("old.html", page.as_bytes())[0].text, "The bridge is open again.\n\nLorries crossed it.");
}

#[test]
fn rows_of_a_table_are_articles() {
    let csv = "Headline,Body,Published,Outlet\n\"Bridge, again\",\"It is open.\nIt was shut.\",2024-03-04,Example Desk\nTwo,Text,,\n";
    let found = read("a.csv", csv.as_bytes());
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].title.as_str(), found[0].text.as_str()), ("Bridge, again", "It is open.\nIt was shut."));
    assert_eq!((published(&found[0]).as_str(), found[0].source.as_deref()), ("2024-03-04", Some("Example Desk")));
    assert_eq!((found[0].first_line, found[1].first_line, found[1].ordinal), (2, 4, 1));
    let tsv = "title\ttext\tdate\nBridge\tIt is open.\t2024-03-04\n";
    assert_eq!(published(&read("a.tsv", tsv.as_bytes())[0]), "2024-03-04");
    let semicolons = "title;text;date\nBridge;It is open, again.;2024-03-04\n";
    assert_eq!(read("a.txt", semicolons.as_bytes())[0].text, "It is open, again.");
}

#[test]
fn a_map_in_the_archive_file_names_the_columns() {
    let rules = "[map]\ntext = \"Bericht\"\ntitle = [\"Kopf\", \"Titel\"]\n";
    let archive = dateline::archive::archive_file::ArchiveFile::parse(rules, "dateline.toml".as_ref()).unwrap();
    let settings = ExtractSettings { archive: archive.into(), ..ExtractSettings::default() };
    let (found, problems) = read_with("a.csv", b"Titel,Bericht\nBridge,It is open.\n", &settings);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!((found[0].title.as_str(), found[0].text.as_str()), ("Bridge", "It is open."));
}

#[test]
fn rows_of_event_tables_keep_their_own_day_and_place() {
    let acled = "event_id_cnty,event_date,year,event_type,sub_event_type,actor1,country,admin1,location,latitude,longitude,source,notes,fatalities\n\
        XXX1,04 March 2024,2024,Protests,Peaceful protest,Drivers,Exampleland,North,Rivertown,10.5,20.25,Example Desk,\"Drivers gathered at the bridge, asking for lights.\",0\n";
    let a = &read("a.csv", acled.as_bytes())[0];
    let given = a.given.as_ref().unwrap();
    assert_eq!(given.days.unwrap().to_string(), "2024-03-04");
    assert_eq!((given.country.as_deref(), given.coordinates), (Some("Exampleland"), Some((10.5, 20.25))));
    assert_eq!(given.place_names, ["Rivertown", "North"]);
    assert_eq!((a.record.as_deref(), a.published), (Some("XXX1"), None));
    assert_eq!(a.text, "Drivers gathered at the bridge, asking for lights.");
    assert_eq!(a.title, "Peaceful protest: Rivertown, North, Exampleland");
    let ged = "id,year,conflict_name,dyad_name,side_a,side_b,source_headline,source_article,where_coordinates,where_description,adm_1,latitude,longitude,country,date_start,date_end,best\n\
        7,2023,Exampleland: Government,Government - Group,Government,Group,Clashes at the ford,Example Desk 5 May,Rivertown,near the ford,North,10.5,20.25,Exampleland,2023-05-01,2023-05-03,2\n";
    let a = &read("b.csv", ged.as_bytes())[0];
    assert_eq!(a.given.as_ref().unwrap().days.unwrap().to_string(), "2023-05-01..2023-05-03");
    assert!(a.text.contains("Clashes at the ford") && a.title.contains("Rivertown"), "{a:?}");
}

#[test]
fn entries_of_a_feed_are_articles() {
    let rss = r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel><title>Example Desk</title><language>en-us</language><item><title>Bridge &amp; road</title><link>https://example.org/1</link>
        <description>Short.</description><content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded>
        <pubDate>Mon, 04 Mar 2024 10:00:00 +0000</pubDate><guid>tag-1</guid><dc:creator>A. Writer</dc:creator></item></channel></rss>"#;
    let a = &read("feed.xml", rss.as_bytes())[0];
    assert_eq!(
        (a.title.as_str(), a.text.as_str(), a.record.as_deref()),
        ("Bridge & road", "One.\n\nTwo.", Some("tag-1"))
    );
    assert_eq!(
        (published(a).as_str(), a.source.as_deref(), a.url.as_deref()),
        ("2024-03-04", Some("Example Desk"), Some("https://example.org/1"))
    );
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Desk</title><entry><id>urn:1</id><title>Bridge</title>
        <link rel="self" href="https://example.org/self"/><link href="https://example.org/1"/><updated>2024-03-05T00:00:00Z</updated>
        <published>2024-03-04T00:00:00Z</published><author><name>A. Writer</name></author>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content></entry></feed>"#;
    let a = &read("atom", atom.as_bytes())[0];
    assert_eq!(
        (a.text.as_str(), published(a).as_str(), a.byline.as_deref()),
        ("One.\n\nTwo.", "2024-03-04", Some("A. Writer"))
    );
    assert_eq!(a.url.as_deref(), Some("https://example.org/1"));
}

fn warc_record(kind: &str, url: &str, body: &[u8]) -> Vec<u8> {
    let content = if kind == "response" { "application/http; msgtype=response" } else { "text/plain" };
    let mut out = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-05T00:00:00Z\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    out.extend_from_slice(body);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

#[test]
fn saved_pages_of_a_crawl_are_articles() {
    let http = |head: &str, body: &[u8]| [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    let mut chunked = format!("{:x}\r\n", PAGE.len()).into_bytes();
    chunked.extend_from_slice(PAGE.as_bytes());
    chunked.extend_from_slice(b"\r\n0\r\n\r\n");
    let records = [
        warc_record("warcinfo", "", b"software: x\r\n"),
        warc_record(
            "response",
            "https://example.org/bridge",
            &http("200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", &chunked),
        ),
        warc_record(
            "response",
            "https://example.org/gone",
            &http("404 Not Found\r\nContent-Type: text/html", b"<p>Gone</p>"),
        ),
        warc_record(
            "response",
            "https://example.org/packed",
            &http("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &gzip(PAGE.as_bytes())),
        ),
        warc_record("response", "https://example.org/x.png", &http("200 OK\r\nContent-Type: image/png", b"\x89PNG")),
    ];
    let plain: Vec<u8> = records.concat();
    let by_member: Vec<u8> = records.iter().flat_map(|r| gzip(r)).collect();
    for (name, bytes) in [("a.warc", plain), ("a.warc.gz", by_member)] {
        let found = read(name, &bytes);
        assert_eq!(found.len(), 2, "{name}");
        assert_eq!(
            (found[0].title.as_str(), found[0].url.as_deref()),
            ("Bridge reopens", Some("https://example.org/bridge"))
        );
        assert_eq!(published(&found[1]), "2024-03-04");
        assert_ne!(found[0].id(), found[1].id());
    }
}

/// "<html><head><title>Bridge reopens</title></head><body><p>The bridge is open again.</p></body></html>" in brotli.
const PAGE_IN_BROTLI: &str = "1b6300609d07368e55f352cdaef54b199c9ce2a12a10b4f299738303f62a908c8370e1a17538cd27a2b1f7e4ff330e83681522b2c07935b07245d674f260b83dce833804";

#[test]
fn saved_pages_are_unpacked_as_the_server_packed_them() {
    let brotli: Vec<u8> = (0..PAGE_IN_BROTLI.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&PAGE_IN_BROTLI[at..at + 2], 16).unwrap())
        .collect();
    let zstd = zstd::encode_all(PAGE.as_bytes(), 1).unwrap();
    let packed = |packing: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {packing}\r\n\r\n");
        warc_record("response", "https://example.org/1", &[head.as_bytes(), body].concat())
    };
    for (packing, body) in
        [("br", &brotli[..]), ("zstd", &zstd), ("gzip", &gzip(PAGE.as_bytes())), ("br", PAGE.as_bytes())]
    {
        let found = read("a.warc", &packed(packing, body));
        assert_eq!(found[0].title, "Bridge reopens", "{packing}");
    }
    let (articles, problems) = read_with("a.warc", &packed("br", b"\xff\xfe no brotli"), &ExtractSettings::default());
    assert!(articles.is_empty() && problems[0].reason.contains("https://example.org/1: damaged br"), "{problems:?}");
}

const MAIL: &str = "From: \"A. Writer\" <a@example.org>\r\nTo: desk@example.org\r\nSubject: =?utf-8?q?Bridge_r=C3=A9opened?=\r\n\
    Date: Mon, 4 Mar 2024 23:30:00 -0500\r\nMessage-ID: <m1@example.org>\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=windows-1252\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\r\nThe caf=E9 by the bridge is open.\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>No</p>\r\n--x--\r\n";

#[test]
fn a_message_gives_its_text_and_headers() {
    let a = &read("a.eml", MAIL.as_bytes())[0];
    assert_eq!((a.title.as_str(), a.byline.as_deref()), ("Bridge réopened", Some("A. Writer")));
    assert_eq!((a.text.trim_end(), published(a).as_str()), ("The café by the bridge is open.", "2024-03-04"));
    assert_eq!(a.record.as_deref(), Some("m1@example.org"));
}

#[test]
fn messages_of_a_mailbox_are_articles() {
    let one = "From: a@example.org\nSubject: One\nDate: Mon, 4 Mar 2024 10:00:00 +0000\n\nFirst line.\n>From here on it is open.\n\n";
    let mbox = format!(
        "From a@example.org Mon Mar  4 10:00:00 2024\n{one}From b@example.org Tue Mar  5 10:00:00 2024\n{}",
        one.replace("One", "Two")
    );
    let found = read("desk.mbox", mbox.as_bytes());
    assert_eq!(found.iter().map(|a| a.title.as_str()).collect::<Vec<_>>(), ["One", "Two"]);
    assert!(found[0].text.contains("\nFrom here on it is open."), "{:?}", found[0].text);
    assert_eq!((found[0].ordinal, found[1].ordinal), (0, 1));
}

#[test]
fn agency_formats_give_their_fields() {
    let nitf = r#"<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><head><docdata><doc-id id-string="n-1"/>
        <date.issue norm="20240304T100000Z"/></docdata><pubdata name="Example Desk"/></head><body><body.head><hedline><hl1>Bridge reopens</hl1></hedline>
        <byline>By A. Writer</byline><dateline><location>RIVERTOWN</location></dateline></body.head><body.content><p>One &amp; all.</p><p>Two.</p></body.content></body></nitf>"#;
    let a = &read("a.xml", nitf.as_bytes())[0];
    assert_eq!(
        (a.title.as_str(), a.text.as_str(), a.record.as_deref()),
        ("Bridge reopens", "One & all.\n\nTwo.", Some("n-1"))
    );
    assert_eq!(
        (published(a).as_str(), a.dateline.as_deref(), a.source.as_deref()),
        ("2024-03-04", Some("RIVERTOWN"), Some("Example Desk"))
    );
    let g2 = r#"<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:1" xml:lang="en"><itemMeta>
        <provider literal="EXD"><name>Example Desk</name></provider><versionCreated>2024-03-05T00:00:00Z</versionCreated></itemMeta>
        <contentMeta><contentCreated>2024-03-04T00:00:00Z</contentCreated><by>A. Writer</by><dateline>RIVERTOWN</dateline><language tag="en-GB"/>
        <headline>Bridge reopens</headline></contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>One.</p><p>Two.</p></body></html></inlineXML></contentSet>
        </newsItem></itemSet></newsMessage>"#;
    let a = &read("b.xml", g2.as_bytes())[0];
    assert_eq!(
        (a.title.as_str(), a.text.as_str(), a.language.as_deref()),
        ("Bridge reopens", "One.\n\nTwo.", Some("en"))
    );
    assert_eq!(
        (published(a).as_str(), a.source.as_deref(), a.record.as_deref()),
        ("2024-03-04", Some("Example Desk"), Some("urn:1"))
    );
}

#[test]
fn office_documents_give_their_paragraphs() {
    let docx = zip_of(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", br#"<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>One </w:t><w:t>line.</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>Two.</w:t><w:br/><w:t>Still two.</w:t></w:r></w:p></w:body></w:document>"#),
        ("docProps/core.xml", br#"<c xmlns:dc="d"><dc:title>Bridge reopens</dc:title><dc:creator>A. Writer</dc:creator></c>"#),
    ]);
    let a = &read("a.docx", &docx)[0];
    assert_eq!(
        (a.text.as_str(), a.title.as_str(), a.byline.as_deref()),
        ("One line.\n\nTwo.\nStill two.", "Bridge reopens", Some("A. Writer"))
    );
    let odt = zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", br#"<o:d xmlns:o="o" xmlns:t="t"><o:body><o:text><t:h>Bridge</t:h><t:p>One<t:s t:c="2"/>line.</t:p><t:list><t:list-item><t:p>Two.</t:p></t:list-item></t:list></o:text></o:body></o:d>"#),
        ("meta.xml", b"<m><title>Bridge reopens</title></m>"),
    ]);
    let a = &read("a.odt", &odt)[0];
    assert_eq!((a.text.as_str(), a.title.as_str()), ("Bridge\n\nOne  line.\n\nTwo.", "Bridge reopens"));
}

#[test]
fn a_pdf_keeps_its_pages() {
    let a = &read(
        "a.pdf",
        &pdf_of_pages(&[&pdf_page(&["The bridge is open."]), b"", &pdf_page(&["Lorries crossed it."])], ""),
    )[0];
    assert!(a.text.starts_with("The bridge is open."), "{:?}", a.text);
    let second = a.text.find("Lorries").unwrap();
    assert_eq!(a.pages, [(0, 1), (second, 3)]);
}

#[test]
fn containers_are_gone_through_with_the_path_of_each_member() {
    let members: [(&str, &[u8]); 3] = [
        ("in/a.txt", b"The bridge is open."),
        ("b.jsonl", b"{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n"),
        (".hidden", b"x"),
    ];
    let paths = |name: &str, bytes: &[u8]| read(name, bytes).iter().map(|a| a.path.clone()).collect::<Vec<_>>();
    let inside =
        |outer: &str| vec![format!("{outer}!/in/a.txt"), format!("{outer}!/b.jsonl"), format!("{outer}!/b.jsonl")];
    assert_eq!(paths("a.zip", &zip_of(&members)), inside("a.zip"));
    assert_eq!(paths("a.tar", &tar_of(&members)), inside("a.tar"));
    assert_eq!(paths("a.tar.gz", &gzip(&tar_of(&members))), inside("a.tar.gz"));
    let zst = zstd::encode_all(&b"The bridge is open."[..], 0).unwrap();
    assert_eq!(paths("a.txt.zst", &zst), ["a.txt.zst"]);
    // Two deep: a compressed tar counts once.
    let nested = gzip(&tar_of(&[("x/a.zip", &zip_of(&members[..1])), ("x/b.txt.gz", &gzip(b"The road is open."))]));
    assert_eq!(paths("a.tgz", &nested), ["a.tgz!/x/a.zip!/in/a.txt", "a.tgz!/x/b.txt.gz"]);
}

#[test]
fn records_in_utf16_are_cut_like_others() {
    let json = "\u{feff}{\"text\":\"Один.\"}\n{\"text\":\"Два.\"}\n";
    let bytes: Vec<u8> = json.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = read("a.jsonl", &bytes);
    assert_eq!(found.iter().map(|a| a.text.as_str()).collect::<Vec<_>>(), ["Один.", "Два."]);
}
