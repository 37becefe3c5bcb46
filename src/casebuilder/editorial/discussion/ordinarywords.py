"""Names that are words as well: of a season, a virtue, a trade, a place, or whoever described a disease.

In a sentence such a word is somebody's name only where somebody is spoken to: "Thanks Will", and not "Will it help?".
All are in small letters and without accents.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words of English.
_ENGLISH = _words("""
    abbot ace age alba amber an angel april archer art ash august autumn avery bach bailey baker band bang bank
    banks bar barber baron barry bass bay bean beard beck bell berg berry best beth bill bin birch bird bishop bit
    black blaze bliss bloom blue bob bold bond booth bow boyd brand brandy brave bravo bray breeze brick bridge
    bridges brook brooks brown buck bud bull burn burns bush butcher butler call can candy cane car card carol
    carter case cash castle chance chandler chase chastity cherry chin chip christian church clark clay clement
    cliff cloud coal cole colt comfort constance cook cooper coral cotton court coy craft crane cross crystal curry
    cutter daisy dale dame dan dash dawn day dean dear deed dell den dick do doc dollar dolly don dove drew duke
    dung dusty earl early ease east eden ember english ernest even ever faith fall fan fang farmer fay felicity fern
    field fields finch finn fish fisher fleming fletcher flint flora flower ford forest foster fountain fox frank
    franklin free freed french frost gale gall gang garner gay gem gene german giles gill ginger glass glen gold
    golden good goodman grace grant gray green grey grove guard guy hack hale hall ham hand hang happy hardy harmony
    harper hart haven hawk hazel head heart heath heather heaven henna herb hill ho holiday holly home honey honor
    honour hood hook hope horn house hue hung hunt hunter hurst ice ingot iris irish ivory ivy jack jade jasmine jay
    jean jet jewel jill john josh joy judge july june juniper just justice kay keen key kidd kind king kit kitty
    knight knot lace lake lamb lance land lane lark latin laurel law lawn leaf lee liberty light lily link little
    loch lock long lord lot love low luck lucky mace madison magic major man manor many maple marble march marina
    mark marks marsh marshall mason masters may me mead meadow mercy merit merry miles mill miller min mist misty
    mode moody moon moor moore more moss mount music myrtle nelly nick noble noel nor norm norman north oak olive
    opal pa page pan pansy park parker parks parson pat patience peace pearl penny pepper percy perry petal peter
    piper pitt plum pole pond pool poole poppy porter potter power price pride priest prince prior prosper prudence
    quick quill rain ran ray read red reed reef reeve rex rice rich rider ridge ring river rivers rob robin rock rod
    roman rose rosemary rosie rowan ruby rudd rue rush rusty ruth sage saint sally sand sandy sang savage sawyer
    scholar scot scott sea self shade sharp shaw shell shepherd shin shore short sienna sill silver sin singer
    sister skinner skip sky small smart smith snow so sol song sonny south spark speaker spring square stack star
    steel steele sterling still stone storm street strong stuart sue summer summers sun sunny swan sweet swift tad
    tan tang tanner taylor teal temple tern terry thistle thorn tiffany tim ting todd tom tony tower town trace
    tracy trainer travis trinity troy truman trust tucker tuesday tulip turner tyler usher vale valentine valley van
    velvet venture verity very vice victor victory viola violet virtue vivid wade walker wall walls ward warden warm
    warner water waters way weaver webb wednesday wee welch well wells welsh west wheeler white wild wilder will
    willow wills winter winters wise wolf wolfe wood woods worth wren wright yen you young
""")
#: Words of other languages.
_OTHERS = _words("""
    aimee amor angeles aslan barba barbara barros bauer becker bello berger blanc blanca blanco bonita bosch braun
    bueno busch calvo campo campos cano caridad castillo castro cielo claire clara concepcion consuelo cortes costa
    cruz dalisay delgado demir deniz dolores engel ernst esperanza estrella fernando flor flores franco fuchs
    fuentes gallo gloria graf grand gros gross guerra guerrero hahn herbst herrera herzog iglesias kaiser kaya klein
    koch konig krieger kurz lang leal leblanc leon leone ligaya luna lune luz mahal mai mar marin marron mercedes mesa
    milagros montero montes moreno muller navarro neu paredes pascal paz petit pierre pilar pinto ponte pozo prado
    puente rama ramos rey reyes richter rios ritter rivera rocio rojas rojo romero rosa rosales rossi roth roux
    rubio sala santa santos schmidt schneider schwarz serena serrano silva soledad sommer stein stella stern torres
    umut valle vega vera verde vogel weber weis weiss yildiz
""")
#: Whoever a disease, a sign, a score or a tool is named after.
_EPONYMS = _words("""
    addison alzheimer apgar asperger babinski barrett bayes beck behcet bishop bland bloom bowman braden brugada
    celsius chagas charcot charlson cochrane cope cox crohn cronbach cushing dandy delphi doppler down duchenne
    ebola eisenmenger epstein ewing fallot fanconi fisher foley fontan freud galen gantt gauss gibbs gilbert glasgow
    goodpasture gram graves guillain hartmann hashimoto hawthorne heimlich henoch hippocrates hirschsprung hodgkin
    horner huntington jung kaplan kawasaki kelly kirkpatrick klinefelter kolb korsakoff kruskal kubler likert lister
    lynch mallory marfan maslow maxwell meier meniere miller monte morton munchausen murphy newton nightingale osler
    paget pareto parkinson pascal pasteur pavlov pearson peyronie poisson popper raynaud reye ringer rinne romberg
    schon sheehan snellen spearman student sydenham tanner tinel tourette trendelenburg turner valsalva virchow wald
    weber wegener wells wernicke whipple wilcoxon wilson wolff
""")
#: Places.
_PLACES = _words("""
    adelaide africa alexandria america asia atlanta aurora austin avon berlin boston bristol brittany brooklyn cairo
    cambridge camden carolina chad charlotte chelsea chester china cordoba cork dakota dallas darwin derry devon
    dublin durham egypt england europe florence geneva georgia hamilton holland houston india indiana iona ireland
    israel jackson jakarta java jordan kent kenya kerry kingston lancaster lima lincoln london lourdes lyon malta
    manchester melbourne memphis mexico milan montana montreal nairobi nelson odessa orlando oxford paris perth
    phoenix porto preston rhodes riga rio rome salem san santiago savannah scotland sharon sheffield sicily sofia
    sydney syria trent trieste tyrone valencia venice verona victoria vienna virginia wales warwick washington
    wellington winchester windsor york zaire
""")
#: Names that are words as well.
ORDINARY = _ENGLISH | _OTHERS | _EPONYMS | _PLACES
#: Parts of names that are no names: particles, and what comes after a name.
PARTICLES = _words("""
    abd abu af al and ap av bin bint da das de del della der di dos du el het ibn ii iii iv jnr jr la le los mac mc
    md mohd nee ng op phd san snr sr st ten ter und van vom von y zu zum zur
""")
