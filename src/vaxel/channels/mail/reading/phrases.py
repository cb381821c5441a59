"""How mail programs of many languages introduce what they quote, and sign what was written on a phone.

Words as the programs write them, lower-cased. Swedish first, for most of our mails are Swedish; what is not listed is
shown, which is the smaller fault.
"""

from typing import Final

from vaxel.channels.mail.reading.texts import words

#: Words before the colon of a quoted header, by what they mean.
LABELS: Final = {
    "from": (
        "från fra from lähettäjä von van de da od nadawca от від 差出人 发件人 寄件者 보낸사람 feladó kimden από frå"
        " frá nuo"
    ),
    "sent": (
        "skickat sendt sent lähetetty gesendet verzonden enviado inviato wysłano отправлено envoyé 送信日時 发送时间"
        " elküldve gönderildi saadetud odesláno trimis στάλθηκε odoslané poslano изпратено надіслано išsiųsta nosūtīts"
        " enviat"
    ),
    "date": "datum dato date päivämäärä päiväys fecha data дата 日付 日期 dátum tarih kuupäev",
    "to": (
        "till til to vastaanottaja kenelle an aan à a para per do кому 宛先 收件人 címzett kime saaja komu către προς"
        " kam"
    ),
    "cc": "kopia kopi cc kopio copie copia cópia kopie kopia/cc dw копия ccn bcc másolatot",
    "subject": (
        "ämne ärende emne subject aihe betreff onderwerp objet asunto assunto oggetto temat тема 件名 主题 主旨 tárgy"
        " konu teema předmět predmet subiect θέμα zadeva относно tēma efni assumpte 제목"
    ),
}  # fmt: skip

#: Labels of several words.
LONG_LABELS: Final = {
    "envoyé le": "sent",
    "envoyé par": "from",
    "enviado el": "sent",
    "enviado em": "sent",
    "enviada em": "sent",
    "data di invio": "sent",
    "sent on": "sent",
    "svar till": "to",
    "svar til": "to",
    "reply-to": "to",
    "répondre à": "to",
    "date d'envoi": "sent",
    "message du": "date",
    "copie à": "cc",
    "de la": "from",
    "보낸 사람": "from",
    "보낸 날짜": "sent",
    "받는 사람": "to",
}

#: "… wrote", as a word of its own, at or near the end of the line before a quotation.
WROTE: Final = words(
    "skrev wrote kirjoitti schrieb schreef escribió escreveu scritto napisał napisał(a) napisała написал написала пишет"
    " писал пише написав ha écrit napsal napísal írta yazdı writes pisze geschrieben geschreven skrifaði έγραψε"
    " kirjutas 写道 書きました 作成 rakstīja rašė"
)
WROTE_PHRASES: Final = (
    "a écrit",
    "ha scritto",
    "ha escrit",
    "ha escrito",
    "het volgende geschreven",
    "を書き込みました",
    "a scris",
    "님이 작성",
)

#: The line between a mail and the earlier one, whatever dashes stand around it.
DIVIDERS: Final = (
    "ursprungligt meddelande",
    "originalmeddelande",
    "vidarebefordrat meddelande",
    "vidarebefordrat brev",
    "vidarebefordrat e-postmeddelande",
    "svarat meddelande",
    "original message",
    "original appointment",
    "forwarded message",
    "forwarded mail",
    "forwarded by",
    "forwarded email",
    "reply message",
    "oprindelig meddelelse",
    "oprindelig besked",
    "oprindelig mail",
    "original meddelelse",
    "videresendt meddelelse",
    "videresendt besked",
    "videresendt mail",
    "opprinnelig melding",
    "original melding",
    "videresendt melding",
    "alkuperäinen viesti",
    "välitetty viesti",
    "edelleenlähetetty viesti",
    "ursprüngliche nachricht",
    "originalnachricht",
    "original-nachricht",
    "weitergeleitete nachricht",
    "weitergeleiteten nachricht",
    "ursprüngliche mail",
    "ursprüngliche e-mail",
    "message d'origine",
    "message original",
    "message initial",
    "mail original",
    "message transféré",
    "message réexpédié",
    "mensaje original",
    "mensaje reenviado",
    "mensagem original",
    "mensagem encaminhada",
    "messaggio originale",
    "messaggio inoltrato",
    "oorspronkelijk bericht",
    "origineel bericht",
    "doorgestuurd bericht",
    "wiadomość oryginalna",
    "oryginalna wiadomość",
    "wiadomość przekazana",
    "исходное сообщение",
    "пересылаемое сообщение",
    "původní zpráva",
    "původní e-mail",
    "eredeti üzenet",
    "元のメッセージ",
    "原始邮件",
    "转发的邮件",
)

#: Words that close a letter, on a line that holds nothing else but perhaps the name. Not thanks: they are meant.
VALEDICTIONS: Final = (
    "med vänlig hälsning",
    "med vänliga hälsningar",
    "vänlig hälsning",
    "vänliga hälsningar",
    "bästa hälsningar",
    "hälsningar",
    "hälsning",
    "vänligen",
    "mvh",
    "m v h",
    "med venlig hilsen",
    "med vennlig hilsen",
    "venlig hilsen",
    "vennlig hilsen",
    "hilsen",
    "kh",
    "ystävällisin terveisin",
    "terveisin",
    "best regards",
    "kind regards",
    "warm regards",
    "regards",
    "br",
    "mit freundlichen grüßen",
    "mit freundlichen gruessen",
    "freundliche grüße",
    "viele grüße",
    "mfg",
    "cordialement",
    "bien cordialement",
    "bien à vous",
    "met vriendelijke groet",
    "met vriendelijke groeten",
    "mvg",
    "saludos",
    "un saludo",
    "saludos cordiales",
    "atentamente",
    "atenciosamente",
    "cordiali saluti",
    "distinti saluti",
    "pozdrawiam",
    "z poważaniem",
    "z powazaniem",
    "с уважением",
)

#: How the line of a phone begins, and what a phone or program is called after it.
SENT: Final = words(
    "skickat sänt sent sendt lähetetty gesendet envoyé verzonden verstuurd enviado enviada inviato wysłane wysłano"
    " отправлено hämta get hent hanki skaffa télécharger obtener scarica holen von"
)
SENT_FROM: Final = words(
    "från from fra laitteesta von de depuis van vanaf vanuit met desde do da dal mit z с outlook via meinem using med"
)
