package token

import "strings"

// set makes a set of the words of s.
func set(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// abbreviations are the words whose full stop belongs to them, in lower case.
var abbreviations = set(`mr mrs ms dr prof rev fr hon gen lt col maj capt cpl sgt cmdr adm brig gov sen rep
	pres supt det insp amb messrs mme mlle st ste mt ft jr sr esq jan feb mar apr jun jul aug sep sept oct nov dec
	inc ltd corp co cos bros llc plc dept dist univ assn ave blvd vs etc cf approx est vol pp ed eds
	mon tue tues wed thu thur thurs fri ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich
	minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo no nos ph.d sq tel art`)

// wordAbbreviations are those of the list that are also words in lower case, so
// that only the capitalised form counts.
var wordAbbreviations = set(`mar jun sun sat mon wed fri rev gen hon no art ed est la pa ill miss mass mo md
	ala ore ind del wash co cos sen rep pres det ft col adm ave tel va ga ky fr amb conn tex`)

// numbering are the abbreviations that are one before a number only: Art. 5, but
// not the School of Art.
var numbering = set(`art no nos vol pp est ed`)

// IsAbbreviation reports whether a full stop after word belongs to it.
func IsAbbreviation(word string) bool {
	if len(word) > 6 || len(word) < 2 {
		return false
	}
	if !in(abbreviations, word) {
		return false
	}
	if in(wordAbbreviations, word) {
		return 'A' <= word[0] && word[0] <= 'Z' && word[1] >= 'a'
	}
	return true
}

// closers are the abbreviations that can stand at a sentence's end.
var closers = set(`inc ltd corp co cos bros llc plc jr sr etc dept univ assn ave blvd`)

// companies are those of them that end the names of companies, and no more than these.
var companies = set(`inc ltd corp co llc plc`)

// officers are what begins the titles of a company's people, who are named after it.
var officers = set(`ceo cfo coo chairman chairwoman president vice chief executive director founder co-founder spokesman
	spokeswoman analyst manager head owner senior deputy partner general`)

// verbs are what follows a subject most often in news.
var verbs = set(`said says will would has had have is was are were did does can could may might must should told
	added announced reported rose fell climbed dropped jumped slid gained lost closed opened plans wants expects
	agreed signed began started became made took gave got won went came left met owns bought sold denied declined
	called confirmed also`)

// starters are words that begin a sentence far more often than they go on with
// a name.
var starters = set(`the a an he she it they we i you this that these those in on at for but and however
	meanwhile according after before when while as if his her its their our my there here since during under
	with from by although though also both some many most several other another earlier later now then so`)

// digraphs are the letters that stand for one Cyrillic letter, as initials are written; their case counts.
var digraphs = set("Zh Sh Ch Kh Yu Ya Ye Yo Dj Dzh Shch Ts Gh Iu Ia")

// domains are the last parts of names on the internet, as media write theirs.
var domains = set(`com net org info biz tv media news press online kz kg uz tj tm ru su ua by am ge az af cn mn pk ir tr in eu uk de fr
	io me ai`)

// wordDomains are those of the list that are also words or abbreviations at a sentence's start.
var wordDomains = set(`by am in me ai info press news media online tv`)

// unfinished are words that no row ends with.
var unfinished = set(`the a an of and or in on at by for from to with as de von van bin al his her its their between`)

// contracted are the words before n't, with their n.
var contracted = set(`don won can ain isn aren wasn weren hasn haven hadn doesn didn couldn wouldn shouldn mustn
	needn mightn shan daren`)

// pronouns are the words before 're, 've, 'll, 'd and 'm.
var pronouns = set(`i you he she it we they who that there what where how would could should might must this
	these those`)

// in reports whether set holds word, whatever the case of its ASCII letters. It
// does not allocate.
func in(set map[string]bool, word string) bool {
	var buf [12]byte
	if len(word) > len(buf) {
		return false
	}
	for i := range len(word) {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	return set[string(buf[:len(word)])]
}

// tails are the words that a hyphen joins to a name without being part of it.
var tails = set(`based born led backed bound brokered controlled drafted dominated educated financed friendly funded
	held imposed installed made mediated occupied operated organised organized originated owned produced registered run ruled
	sponsored supplied supported trained wide style era linked aligned listed flagged inspired allied hosted sanctioned
	administered headquartered`)

// Tail reports whether word, in lower case, is one that a hyphen joins to a name without being
// part of it: the led of U.S.-led.
func Tail(word string) bool { return len(word) <= 13 && tails[word] }

// BreaksAfterHyphen reports whether a hyphen at the end of a line before word belongs to the two words
// that it joins, and not to the line: Almaty-based, Facebook-integrated, but Petropavl.
func BreaksAfterHyphen(word string) bool {
	return Tail(word) || len(word) > 5 && strings.HasSuffix(word, "ed")
}
