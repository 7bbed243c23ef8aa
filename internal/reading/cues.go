package reading

import (
	"strings"

	"github.com/steppe-ner/steppe/internal/fold"
)

// Cue is a bit set of what a word says about the names beside it.
type Cue uint32

// The cues.
const (
	Title       Cue = 1 << iota // a person's name follows: President, Mr.
	OrgHead                     // the last word, or the first before "of", of an organisation: Ministry, Bank
	OrgSuffix                   // ends a company's name: Ltd, JSC
	PlaceHead                   // the last word of a place: Region, River
	PlaceFirst                  // the first word of a place: Mount, Lake, Cape
	CityHead                    // a city's name stands beside "of" or before it: city, capital
	Speech                      // a verb of saying: a person, or a body, stands beside it
	Locative                    // a preposition of place
	Connector                   // stands inside names: of, for, and
	Particle                    // stands inside persons' names: de, bin, van
	Month                       // a month or a day of the week
	Honorific                   // a title that is part of no name and always precedes a person: Mr.
	Agency                      // stands beside the name of a reporter: By, Reporting, Editing
	Government                  // a body that every nation has: Ministry, Parliament
	NotName                     // is capitalised without being a name: the, monday, god
	Publication                 // the last word of a newspaper's or broadcaster's name
	BodyWord                    // stands after the name of a body: party, newspaper, news agency
	FamilyWord                  // stands before a person's name: wife, son, brother
	Opener                      // begins sentences and never names: the, in, however
	Lone                        // may be capitalised where a sentence begins, and is no name by itself: so, there, most
	Division                    // a division of a country: region, province; the city of that name is not meant
	Dignity                     // a title that the press writes as if it were part of the name: King Mswati
	Event                       // the last word of an event, a treaty or a law, which is no entity: Games, Agreement
)

// cueTable maps the hashes of folded words to their cues: every word of a text is
// looked up. A free slot has no cues.
type cueTable [1 << 12]struct {
	hash uint64
	cues Cue
}

// slot returns where hash is or would be: there are more slots than words.
func (t *cueTable) slot(hash uint64) uint64 {
	i := hash >> 8 % uint64(len(t))
	for t[i].cues != 0 && t[i].hash != hash {
		i = (i + 1) % uint64(len(t))
	}
	return i
}

// of returns the cues of the word with a hash, 0 for none.
func (t *cueTable) of(hash uint64) Cue { return t[t.slot(hash)].cues }

// cueWords holds the cues of each folded word. Titles of several words are
// covered by their last one.
var cueWords = func() *cueTable {
	m := new(cueTable)
	add := func(c Cue, list string) {
		for w := range strings.FieldsSeq(list) {
			_, h := fold.Append(nil, w)
			entry := &m[m.slot(h)]
			entry.hash = h
			entry.cues |= c
		}
	}
	add(Honorific|Title, `mr mrs ms miss dr prof sir dame lord lady madame monsieur comrade messrs`)
	add(Title, `president presidents prime minister ministers premier chancellor king queen prince princess emperor sultan emir
		sheikh shaikh ayatollah mullah imam mufti pope cardinal archbishop bishop patriarch rabbi reverend rev father sister
		governor gov mayor akim hakim hokim senator sen congressman congresswoman representative rep deputy lawmaker mp speaker
		ambassador envoy consul attaché diplomat secretary undersecretary spokesman spokeswoman spokesperson general gen colonel col
		lieutenant lt major maj captain capt sergeant sgt admiral adm commander marshal brigadier officer chairman chairwoman chairperson
		chair chief head director ceo cfo manager leader founder owner boss tycoon oligarch billionaire businessman businesswoman
		economist analyst expert scholar historian professor academician scientist researcher journalist reporter correspondent editor
		blogger activist dissident lawyer attorney prosecutor judge justice author writer poet novelist composer singer rapper actor actress
		filmmaker artist coach striker midfielder defender goalkeeper boxer wrestler judoka weightlifter cyclist sprinter
		champion cosmonaut astronaut teacher doctor farmer driver student resident coordinator commissioner counselor counsellor adviser advisor
		aide candidate incumbent strongman warlord rebel dictator heir detective inspector superintendent negotiator interpreter
		photographer cameraman producer presenter anchor teammate skipper forward cleric theologian khan`)
	add(Dignity|Title, `king queen pope prince princess emperor patriarch metropolitan archbishop cardinal lord general sir`)
	add(FamilyWord, `wife husband son daughter brother mother nephew niece cousin widow sister father uncle grandson granddaughter`)
	add(OrgHead, `ministry department agency committee commission council bank party parliament senate congress assembly university
		institute academy college school association union federation confederation league organisation organization court tribunal fund
		foundation centre center corporation company group holding bureau office service services board authority directorate inspectorate
		administration chamber movement front alliance coalition bloc brigade battalion army navy police force forces guard guards
		airlines airways airline railways railway railroad pipeline consortium exchange society club museum theatre theater library hospital
		laboratory observatory trust partners capital ventures industries technologies systems solutions energy oil gas petroleum telecom
		motors steel mining metals minerals resources insurance securities investments properties electronics pharmaceuticals foods
		network initiative forum congregation church diocese mosque command secretariat staff cabinet duma majilis kenesh mejlis
		prosecutor's syndicate cartel gang taskforce embassy consulate mission delegation orchestra ensemble united rovers rangers`)
	add(Government, `ministry department parliament senate government cabinet duma army navy police prosecutor's
		court administration congress assembly forces`)
	add(OrgSuffix, `ltd inc corp co plc llc llp jsc ojsc cjsc oao zao ooo ao too gmbh ag sa nv bv spa fc fk bk hc`)
	add(Publication, `times post news herald tribune journal gazette daily chronicle telegraph guardian observer today weekly
		magazine press radio tv television broadcasting media wire review express monitor`)
	add(PlaceHead, `region oblast province district raion rayon county territory krai kray governorate prefecture river lake sea ocean gulf
		bay strait straits channel canal mountain mountains range hills hill valley desert steppe plateau peninsula island islands peak pass
		glacier basin delta reservoir dam gorge canyon airport airfield airbase base cosmodrome spaceport port harbor harbour
		street avenue boulevard square highway road bridge park forest border checkpoint crossing oilfield field deposit mine
		coast corridor enclave exclave republic microdistrict stadium arena racecourse estate township jetty pier lane way plaza gardens
		cemetery waterfall falls lagoon creek swamp volcano estuary archipelago atoll reef fjord oasis massif tunnel`)
	add(Division, `region oblast province district raion rayon county governorate prefecture`)
	add(PlaceFirst, `mount mt lake cape gulf strait river fort camp port avenida isla ilha jabal jebel wadi`)
	add(CityHead, `city town village capital settlement cities towns villages suburb hamlet`)
	add(Speech, `said says told tells added adds noted stated declared announced insisted explained wrote warned argued claimed
		denied acknowledged stressed emphasized emphasised thanked replied asked recalled tweeted testified concluded admitted
		welcomed vowed pledged urged expressed`)
	add(Locative, `in at near from to across around toward towards via outside inside throughout through into between`)
	add(Connector, `of for and & on the in`)
	add(Particle, `de da di du del della der den van von bin ibn bint al el la le ben abu ul ur dos das st ter ten zu`)
	add(Month, `january february march april may june july august september october november december
		jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
		mon tue wed thu fri sat sun`)
	add(Agency, `reporting editing writing byline by edited compiled`)
	add(BodyWord, `party newspaper agency website channel bank company firm group airline university foundation movement club outlet
		broadcaster daily magazine portal service corporation ministry`)
	add(NotName, `the a an this that these those he she it we they you i his her its our my their there here and but or nor so yet
		if when while as after before since because although though however meanwhile moreover also still even only just not no yes
		in on at by for from to with of about under over between during through against among into within without
		what who whom whose which why how where all some many most several each every both either another other such more
		ngo ngos cso csos idp idps fgm gdp hiv aids lgbt lgbti lgbtq lgbtqi vat cctv ceo god internet covid covid-19 ramadan christmas easter nowruz nauryz islam islamist christian christianity muslim muslims
		catholic catholics protestant protestants christians hindu hindus buddhists sikh sikhs orthodox jewish jew jews sunni shiite buddhist english western eastern northern southern
		north south east west northeast northwest southeast southwest constitution olympics olympic games world war cup
		copyright photo file new first second third one two three four five six seven eight nine ten good great according
		then now today yesterday tomorrow once again please dear thank thanks well okay let is are was were be been has have had do does did
		will would can could may might should must shall internet-based state states national international united central`)
	add(Event, `agreement agreements amendment treaty accord accords convention conventions protocol declaration act cup games olympics
		championship championships marathon prize war wars uprising revolution prix olympiad biennale expo pact doctrine brexit`)
	add(Opener, `the a an this that these those he she it we they you i his her its our their in on at by for from to with of
		but and if when while as after before since although however meanwhile also according what who why how where under during`)
	add(Lone, `so there because some my which do are now is most not did all or could just many even then can both were another more every be
		would have over whether though yet until such once only any might should does was will than each few much no yes well per among
		without within despite`)
	return m
}()
