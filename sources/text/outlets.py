"""What the names of outlets look like, and what else stands at the end of a headline."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    """Read words parted by white space."""
    return frozenset(text.split())


def _names(text: str) -> frozenset[str]:
    """Read names parted by commas."""
    return frozenset(" ".join(name.split()) for name in text.split(","))


# Words that by themselves say that a name is an outlet's.
OUTLET_WORDS = _words(
    """
    advertiser argus bugle broadcasting bulletin chronicle courier dispatch echo enquirer examiner
    gazette globe guardian herald inquirer journal ledger magazine mercury messenger mirror monitor news
    newspaper newspapers newswire observer newsroom picayune post press radio reporter sentinel tabloid
    telegram telegraph television times tribune tv newsletter zeitung wire
    """
)

# Words that say so only as part of a name of two words or more.
WEAK_OUTLET_WORDS = _words(
    """
    blog business beat citizen daily digest express financial finance independent insider international
    line mail media money network nation online record register review science standard star sun
    technology tech today tonight union voice watch weekly world
    """
)

# What a one-word outlet's name tends to end in.
OUTLET_ENDINGS = tuple(
    _words(
        """
        beat cast crunch daily desk digest feed gazette herald hub insider journal line mag media news
        online pedia post press radar spot times today tribune watch week weekly wire world zine
        """
    )
)

# Outlets whose names do not show that they are: a general list of the world's press.
KNOWN_OUTLETS = _names(
    """
    abc, abc news, afp, al jazeera, ansa, anadolu agency, ap, ap news, ars technica, associated press,
    axios, bbc, bbc news, bbc sport, benzinga, bild, bloomberg, bloomberg law, business insider,
    buzzfeed, cbc, cbs, cnbc, cnet, cnn, corriere della sera, daily beast, dawn, decrypt, der spiegel,
    deutsche welle, die welt, die zeit, dpa, dw, efe, el mundo, el pais, el país, engadget, epa, espn,
    euractiv, euronews, fast company, financial times, forbes, fortune, fox, fox business, fox news, ft,
    gizmodo, haaretz, hacker news, heise, ign, inc, investing.com, itar-tass, itv, kotaku, kyodo, la
    repubblica, la stampa, le figaro, le monde, liberation, macrumors, marketwatch, mashable, mint,
    motley fool, msn, msnbc, nature, nbc, ndtv, new scientist, new york magazine, newsweek, nhk, nikkei,
    nikkei asia, npr, nzz, pa media, pbs, pc gamer, pcmag, pitchfork, politico, polygon, propublica,
    protocol, pti, pymnts, quartz, reuters, rfi, rolling stone, rt, rte, rté, salon, scientific
    american, scmp, seeking alpha, semafor, sky, sky news, slashdot, slate, sports illustrated,
    süddeutsche zeitung, tass, techradar, the athletic, the atlantic, the block, the conversation, the
    drum, the economist, the edge, the hill, the hindu, the information, the intercept, the nation, the
    new yorker, the next web, the onion, the points guy, the spectator, the street, the verge, the week,
    the wire, the wrap, time, toi, tom's guide, tom's hardware, tv4, upi, usa today, vanity fair,
    variety, vice, vogue, vox, wired, xda, xinhua, yahoo, yahoo finance, yahoo news, yahoo sports, yle,
    zdf, zdnet
    """
)

# What stands after a dash or a bar and is a rubric, a credit or a piece of the headline, never an outlet.
RUBRICS = _names(
    """
    analysis, as it happened, audio, ai, arts, auto, books, breaking, breaking news, brief, briefing,
    business, business news, cartoon, climate, comment, commentary, companies, company, correction,
    court, crypto, culture, data, details, documents, economy, editorial, education, energy,
    entertainment, environment, essay, europe, exclusive, explained, explainer, fact check, factbox,
    feature, features, film, finance, football, full list, full text, gallery, guide, health, help,
    here's how, here's what we know, here's why, how to watch, in brief, in depth, in numbers, in
    photos, in pictures, in short, interview, investigation, latest, latest news, law, letter, letters,
    life, lifestyle, live, live blog, live news, live updates, local news, long read, longread, market
    news, markets, memo, money, movie review, music, national, national news, news, news analysis, news
    brief, newsletter, obituary, official, officials, open thread, op-ed, opinion, opinions, part one,
    part two, perspective, photo, photos, pictures, podcast, police, politics, poll, press release,
    preview, profile, property, q&a, quiz, recap, report, reports, research, review, reviews, rumor,
    rumour, science, source, sources, space, special report, sport, sports, sports news, statement,
    stocks, study, style, survey, tech, tech news, technology, technology news, the details, the facts,
    the full list, the latest, the story so far, the verdict, timeline, timelines, top news, top
    stories, transcript, travel, trending, tv, uk, uk news, uk politics, update, updated, updates, us,
    us news, us politics, usa, video, videos, view, viral, watch, weather, what next, what now, what we
    know, what's next, why, world, world news, year in review
    """
)

# Given names that are common in English-language bylines: "Headline | Jane Roe" names a columnist.
GIVEN_NAMES = _words(
    """
    adam adrian alan alex alexander alice amanda amy andrea andrew angela anna anne anthony arthur
    barbara ben benjamin brian carol caroline catherine charles charlotte chris christine christopher
    claire daniel david deborah diana donald dorothy edward elizabeth ellen emily emma eric fiona
    frances francis frank gary george graham greg hannah harry heather helen henry hugh ian isabel jack
    jacob james jane janet jason jean jeff jennifer jenny jeremy jessica jim joan joe john jonathan
    joseph josh joyce judith julia julie karen kate katherine kathleen keith kelly ken kenneth kevin kim
    larry laura lauren leo linda lisa louis louise lucy luke margaret maria marie mark martha martin
    mary matt matthew megan melissa michael michelle mike nancy natalie nicholas nick nicola nicole nina
    oliver olivia pamela patricia patrick paul peter philip rachel raymond rebecca richard robert robin
    roger ronald rosa rose ruth ryan sam samantha samuel sandra sara sarah scott sean sharon simon
    sophia sophie stephanie stephen steve steven stuart susan thomas tim timothy tom tony victoria
    vincent virginia walter wendy william zoe
    """
)
