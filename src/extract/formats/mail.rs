//! Mail messages: single ones and those of a mailbox.

use mail_parser::{Address, MessageParser};

use crate::extract::article::{article_of, complete, date_from_field};
use crate::extract::fields::one_line;
use crate::extract::markup::strip::strip;
use crate::extract::record::{Outcomes, Problem, RawRecord};
use crate::extract::settings::ExtractSettings;
use crate::model::article::Origin;

pub(crate) fn read(record: &RawRecord, bytes: &[u8], settings: &ExtractSettings, out: &mut Outcomes) {
    let Some(message) = MessageParser::default().parse(bytes) else {
        let problem = Problem::failure(&record.path, "not a mail message: no header can be read").at_line(record.line);
        return out.push_problem(problem);
    };
    let mut article = article_of(record);
    article.record = message.message_id().map(str::to_owned);
    if let Some(subject) = message.subject() {
        article.title = one_line(subject);
        article.origins.push(("title", Origin::Header));
    }
    let from = message.from().and_then(Address::first);
    if let Some(name) = from.and_then(|a| a.name.as_deref().or(a.address.as_deref())) {
        article.byline = Some(one_line(name));
        article.origins.push(("byline", Origin::Header));
    }
    // A message's own text part goes before its HTML twin, whose tags the parser would take out less well.
    let has_text = message.text_body.iter().any(|at| message.part(*at).is_some_and(mail_parser::MessagePart::is_text));
    let is_html =
        message.text_body.first().and_then(|at| message.part(*at)).is_some_and(mail_parser::MessagePart::is_text_html);
    article.text = if has_text && !is_html {
        let parts: Vec<_> = (0..message.text_body_count()).filter_map(|n| message.body_text(n)).collect();
        parts.join("\n\n")
    } else {
        let parts: Vec<String> =
            (0..message.html_body_count()).filter_map(|n| message.body_html(n)).map(|html| strip(&html)).collect();
        parts.join("\n\n")
    };
    if article.text.trim().is_empty() && article.title.is_empty() {
        let problem =
            Problem::skip(&record.path, "empty: a message with neither text nor subject").at_line(record.line);
        return out.push_problem(problem);
    }
    let attachments = message.attachment_count();
    if attachments > 0 {
        let (are, them) = if attachments == 1 { ("attachment is", "it") } else { ("attachments are", "them") };
        article.warnings.push(format!("{attachments} {are} not read; save {them} beside the message"));
    }
    if let Some(date) = message.date() {
        // Day, month and year as the sender wrote them: no zone is applied.
        let written = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
        date_from_field(&mut article, &written, Origin::Header, settings);
    }
    complete(&mut article, record, settings);
    out.push_article(article);
}
