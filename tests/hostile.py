"""Strings that break programs which take text for anything but text, one group a way of breaking them."""

from __future__ import annotations

GROUPS: dict[str, tuple[str, ...]] = {
    "nothing": ("", " ", "\t", "\n", "\r\n", "\u00a0", "\u200b", "\ufeff", "\u3000", "\u2028", "\u2029"),
    "control characters": (
        *(f"quay{chr(code)}side" for code in (*range(0x20), 0x7F, *range(0x80, 0xA0))),
        "\x00\x00", "\x08" * 20, "fog\rharbour", "\x0c", "\x1a",
    ),
    "terminal sequences": (
        "\x1b[31mred\x1b[0m", "\x1b[2J\x1b[H", "\x1b]0;title\x07",
        "\x1b]8;;https://a.example\x1b\\link\x1b]8;;\x1b\\",
        "\x1b]52;c;cm0gLXJm\x07", "\x1bP1$r0m\x1b\\", "\x1b[?1049h", "\x1b[6n", "\x1bc", "\x9b31m",
        "\x9d0;t\x9c",
        "\x1b", "\x1b[", "\x1b]", "\x1b[999999999C", "\x1b_Ga=d\x1b\\",
    ),
    "direction and width": (
        "\u202egnp.exe", "\u202a\u202b\u202c\u202d\u202e", "\u2066\u2067\u2068\u2069",
        "\u200e\u200f\u061c",
        "ada\u202e moss\u202c", "שלום עולם", "مرحبا 123 עולם abc",
        "h\u200ba\u200cr\u200db\u2060o\ufeffur",
        "\u00adsoft\u00adhyphen", "ｆｕｌｌ ｗｉｄｔｈ", "港口昨天卖给了", "カタカナ ﾊﾝｶｸ", "à la criée",
    ),
    "combining and joined": (
        "e\u0301", "e" + "\u0301" * 300, "Z\u0351\u036b\u0343a\u0322l\u0321g\u0322o", "👩‍👩‍👧‍👦", "🏳️‍🌈",
        "🇬🇧🇫🇷🇬",
        "👍🏽👍🏿", "1️⃣2️⃣", "\U0001f3fb", "\u20e3", "𝔣𝔬𝔤", "ﬁsh ﬂag ﬀ", "İstanbul ıİiI", "ßSSẞ", "Ǆǅǆ",
        "ΑΣ ας",
        "\ufe0f", "\U000e0067\U000e007f", "क्षि", "ก็็็็", "각각",
    ),
    "no characters": (
        "\ud800", "\udfff", "\ud83d", "\ude00\ud83d", "a\udc80b", "\ufffe", "\uffff", "\U0010ffff",
        "\ufdd0", "\ue000",
        "\ufffd", "\U000e0001", "\U000f0000",
    ),
    "markup": (
        "[/x]", "[bold]x[/bold]", "[red", "[@click=app.quit]x[/]", "[[", "]]", "\\[x]",
        "[link=file:///etc]x[/link]",
        "<script>alert(1)</script>", "<b", "</textarea>", "<!-- ", "]]>", "<![CDATA[",
        "<img src=x onerror=alert(1)>",
        "<a href='java\tscript:alert(1)'>", "<svg/onload=alert(1)>", "<p style=x:expression(1)>",
        "<?xml version='1.0'?>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///x'>]>", "&#0;", "&#x110000;", "&amp;amp;", "&lt;i&gt;",
        "&nosuch;",
        "# heading", "![x](y)", "[x](javascript:alert(1))", "```", "~~~", "---", "- [ ] x", "| a | b |",
        "$$x$$", "%%",
        "{{ 7*7 }}", "{% raw %}", "${x}", "#{x}", "<%= x %>", "[[wiki|link]]", "![[embed]]", "^block",
        "> quote",
    ),
    "formulas": (
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /c x'!A0", '=HYPERLINK("x")', "'=1",
        " =1", "＝1",
        '"=1"', "=\u200b1", "%=1", ";=1",
    ),
    "paths": (
        "../../x", "..\\..\\x", "/etc/passwd", "C:\\x", "\\\\host\\share", "file:///x", "~", "~root/x",
        "a/b", "a\\b",
        "CON", "nul.txt", "LPT1", "com1.md", ".", "..", "...", ".hidden", "ends. ", "ends.", "x:y",
        "x?y*z", "-rf",
        "--", "--help", "a" * 300, "%2e%2e%2f", "x\x00.txt", "x\n.txt",
    ),
    "shell, SQL and formats": (
        "$(touch x)", "`touch x`", "; touch x", "| touch x", "&& touch x", "$HOME", "!!", "'", '"',
        "''", '"""', "\\",
        "\\\\", "'; DROP TABLE notes; --", "' OR '1'='1", "%", "_", "%s%s%n", "%(x)s", "{0}",
        "{x.__class__}", "{",
        "}", "\\u0000", "\\x1b", "() { :; }; x", "null", "None", "NaN", "true", "undefined", "0", "-0",
        "1e999", "0x10",
        "1,000.00", "1.000,00", "٣٤٥", "１２３", "½", "²³", "Ⅷ", "∞", "9" * 400, "-" * 50,
    ),
    "signs of a query": (
        "AND", "OR NOT", "NOT", "a AND", "(", ")", "(((", ")))", "()", "((a)", '"a', 'a"', '""',
        '"" ""', "*", "a*", "*a",
        "a*b", "~", "a~", "a~9", "~5", '"a b"~', '"a b"~999', "+", "-", "+-a", "--a", ":", "title:",
        ":x", "title::",
        "title:(", "nosuch:x", "date:", "date:..", "date:2031-99", "date:>", "number:>", "number:1..",
        "ref:", "ref:/",
        "figure:", "figure:>$", "figure:>=1e400", "tag:", "label:#", "speaker:(a", "entity:-x", "only:",
        "only:quotes",
        "not:", "^", "^2", "a^", "a^-1", "[a TO b]", "{a TO", "TO", "/a/", "a/b", "a\\ b", "\\", "!a",
        "&&", "||", "a||",
        "quote:b* -", "“a", "”a“", "«a»", "a–b", "C++", "C#", ".NET", "@home", "$1bn", "49%", "−5%",
    ),
    "long": (
        "a" * 5000, "a " * 3000, "(" * 200, '"' * 501, "港" * 1000, "\u0301" * 500, "-" * 4097, "a:" * 600,
    ),
}  # fmt: skip
STRINGS = tuple(dict.fromkeys(text for group in GROUPS.values() for text in group))
