#!/usr/bin/env python3
"""Invents people and the records that two agencies hold of them: make_people.py PERSONS FILE [SEED].

Nobody in it exists. `id` names a record, `person` is the truth. Four of five persons have a second record, a few a third.
Households share a surname, an address and a phone; there are twins, and fathers and sons of one name; people move, marry,
are called by a short name, and clerks slip, swap, abbreviate and leave out.
"""
import bisect
import itertools
import random
import sys

GIVEN_M = """oliver jack harry george noah charlie jacob alfie freddie oscar leo logan archie theo thomas james joshua
henry william max lucas ethan arthur mason isaac harrison teddy finley daniel riley edward joseph alexander adam reggie
samuel jaxon sebastian elijah harley toby arlo dylan jude benjamin rory tommy jake louie carter jenson hugo bobby frankie
ollie zachary david roman gabriel john michael peter paul mark stephen andrew robert richard christopher anthony kevin ian
brian alan keith gary colin martin simon neil graham barry derek raymond kenneth stuart philip mohammed ahmed ali hassan
omar yusuf ibrahim abdul tariq imran arjun rahul vikram sanjay piotr tomasz jakub andrei mihai ivan dmitri chen wei jun
kwame kofi emeka tunde""".split()
GIVEN_F = """olivia amelia isla ava ella jessica isabella mia poppy sophie emily lily evelyn freya grace sienna phoebe
florence daisy alice charlotte sofia evie willow rosie chloe ruby millie isabelle matilda emma eva lucy harriet elsie
scarlett thea imogen esme maya lola zara margaret mary susan patricia christine linda jean barbara elizabeth helen sarah
karen jacqueline janet julie deborah tracey sharon lesley nicola amanda joanne michelle lisa claire rebecca rachel laura
samantha victoria gemma katherine fatima aisha maryam khadija zainab noor priya anjali deepa sunita agnieszka katarzyna
magdalena elena ioana olga svetlana mei ling yan ama efua ngozi chioma""".split()
SURNAMES = """smith jones taylor brown williams wilson johnson davies patel robinson wright thompson evans walker white
roberts green hall thomas clarke jackson wood harris edwards turner martin cooper hill ward hughes moore clark king
harrison lewis baker lee allen morris khan scott watson davis parker james bennett young phillips richardson mitchell
bailey carter cook singh shaw bell collins morgan kelly begum miller cox hussain marshall simpson price anderson adams
wilkinson foster ellis murphy chapman mason gray richards webb rogers hunt mills holmes palmer matthews gibson fisher
barnes knight lloyd butler russell barker stevens jenkins dixon fletcher hunter harvey graham murray ali ahmed o'brien
macdonald campbell stewart robertson reid ross""".split()
HEADS = "ash barn black brad brock burn car clay cold crow dal dun east fair fen gar grim hart haw hen hol hux kel kirk lang lin mar mel mor nor oak pen pol rad red ro row ruth sel sher stan stock stone sut swin thorn thur trow wal war wes whit win wol wy yar".split()
MIDDLES = ["", "", "en", "er", "ing", "ling", "der", "le", "an"]
TAILS = "bank beck bourne bridge bury by combe dale den don er field ford gate ham head hill holme house hurst land ley low man more ney ridge shaw son stead ton wall ward water way well wick wood worth".split()
STREETS = "road street avenue close drive lane court grove crescent way terrace place gardens".split()
NICKNAMES = {"william": "bill", "robert": "bob", "richard": "rick", "michael": "mike", "christopher": "chris",
             "elizabeth": "liz", "margaret": "maggie", "katherine": "kate", "rebecca": "becky", "samantha": "sam",
             "samuel": "sam", "thomas": "tom", "james": "jim", "anthony": "tony", "andrew": "andy", "daniel": "dan",
             "patricia": "pat", "susan": "sue", "deborah": "debbie", "victoria": "vicky", "david": "dave",
             "stephen": "steve", "joseph": "joe", "edward": "ted", "alexander": "alex", "benjamin": "ben",
             "matilda": "tilly", "charlotte": "lottie", "jessica": "jess", "philip": "phil", "mohammed": "mohammad"}
KEYS = {"a": "qsz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
        "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
        "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x"}
FIELDS = ["id", "given_name", "surname", "date_of_birth", "sex", "address", "town", "postcode", "phone", "person"]


class Common:
    """Picks with the uneven shares of real names: the k-th as often as 1 / (k + shift)."""

    def __init__(self, rng, values, shift):
        self.rng, self.values = rng, values
        self.sums = list(itertools.accumulate(1 / (place + shift) for place in range(len(values))))

    def pick(self):
        return self.values[bisect.bisect(self.sums, self.rng.random() * self.sums[-1])]


class World:
    def __init__(self, rng, persons):
        self.rng = rng
        made = sorted({h + m + t for h in HEADS for m in MIDDLES for t in TAILS})
        rng.shuffle(made)
        self.men, self.women = Common(rng, GIVEN_M, 6), Common(rng, GIVEN_F, 6)
        self.surnames = Common(rng, SURNAMES + made, 20)
        streets = [f"{name} {kind}" for name in made[:6000] for kind in rng.sample(STREETS, 2)]
        self.areas = []
        towns = [name + rng.choice(["", "", " green", " cross"]) for name in rng.sample(made, 400)]
        for place in range(max(20, persons // 35)):
            town = place * len(towns) // max(20, persons // 35)
            district = f"{chr(65 + town % 20)}{chr(65 + town // 20)}{1 + place % 19}"
            code = f"{district} {rng.randrange(10)}{rng.choice('ABDEFGHJLNPQRSTUWXYZ')}{rng.choice('ABDEFGHJLNPQRSTUWXYZ')}"
            self.areas.append((rng.choice(streets), towns[town], code))

    def home(self):
        street, town, code = self.rng.choice(self.areas)
        flat = f"flat {self.rng.randrange(1, 9)} " if self.rng.random() < 0.1 else ""
        return f"{flat}{self.rng.randrange(1, 120)} {street}", town, code

    def phone(self):
        return "07" + "".join(self.rng.choice("0123456789") for _ in range(9))

    def born(self, low, high):
        return [self.rng.randint(low, high), self.rng.randint(1, 12), self.rng.randint(1, 28)]

    def person(self, surname, home, phone, born, sex=None, given=None):
        sex = sex or self.rng.choice("MF")
        given = given or (self.men if sex == "M" else self.women).pick()
        own = phone if self.rng.random() < 0.3 else self.phone()
        return {"given_name": given, "surname": surname, "born": born, "sex": sex, "home": home, "phone": own}

    def household(self):
        rng = self.rng
        home, phone, surname = self.home(), self.phone(), self.surnames.pick()
        first = self.person(surname, home, phone, self.born(1935, 2000), "M" if rng.random() < 0.5 else "F")
        people = [first]
        size = rng.choices([1, 2, 3, 4, 5], [30, 34, 16, 14, 6])[0]
        if size > 1:
            other = surname if rng.random() < 0.6 else self.surnames.pick()
            year = first["born"][0] + rng.randint(-6, 6)
            people.append(self.person(other, home, phone, self.born(year, year), "F" if first["sex"] == "M" else "M"))
        while len(people) < size:
            year = min(2022, first["born"][0] + rng.randint(20, 40))
            child = self.person(surname, home, phone, self.born(year, year))
            if child["sex"] == "M" and first["sex"] == "M" and rng.random() < 0.06:
                child["given_name"] = first["given_name"]
            people.append(child)
            if len(people) < size and rng.random() < 0.04:
                people.append(self.person(surname, home, phone, child["born"]))
        return people


class Clerk:
    """Writes a person down, with the slips of people who are busy."""

    def __init__(self, rng, world):
        self.rng, self.world = rng, world

    def slip(self, text):
        rng, place = self.rng, self.rng.randrange(len(text)) if text else 0
        if len(text) < 2:
            return text
        kind = rng.randrange(4)
        if kind == 0 and place + 1 < len(text):
            return text[:place] + text[place + 1] + text[place] + text[place + 2:]
        if kind == 1:
            return text[:place] + text[place + 1:]
        near = rng.choice(KEYS.get(text[place], "0123456789" if text[place].isdigit() else "aeiou"))
        return text[:place] + near + text[place + (1 if kind == 2 else 0):]

    def born(self, born):
        rng, (year, month, day) = self.rng, born
        chance = rng.random()
        if chance < 0.012:
            month, day = (day, month) if day <= 12 else (month, day)
        elif chance < 0.022:
            day = rng.randint(1, 28)
        elif chance < 0.03:
            year += rng.choice([-1, 1, -10, 10])
        elif chance < 0.04:
            month, day = 1, 1
        elif chance < 0.048:
            month = rng.randint(1, 12)
        return f"{year:04}-{month:02}-{day:02}"

    def record(self, person, rough):
        rng = self.rng
        given, surname, home, phone = (person[name] for name in ("given_name", "surname", "home", "phone"))
        if rough:
            if rng.random() < 0.12:
                home = self.world.home()
            if person["sex"] == "F" and rng.random() < 0.03:
                surname = self.world.surnames.pick() if rng.random() < 0.7 else f"{surname}-{self.world.surnames.pick()}"
            if rng.random() < 0.05:
                given = NICKNAMES.get(given, given)
            if rng.random() < 0.01:
                given = given[:1]
            if rng.random() < 0.3:
                phone = self.world.phone()
        often = 0.06 if rough else 0.02
        given, surname = (self.slip(name) if rng.random() < often else name for name in (given, surname))
        if rng.random() < 0.006:
            given, surname = surname, given
        address, town, code = (self.slip(text) if rng.random() < often * 0.7 else text for text in home)
        if rng.random() < 0.1:
            address = address.replace(" road", " rd").replace(" street", " st").replace(" avenue", " ave")
        row = {"given_name": given, "surname": surname, "date_of_birth": self.born(person["born"]), "sex": person["sex"],
               "address": address, "town": town, "postcode": code, "phone": phone}
        for name, share in (("given_name", 0.01), ("surname", 0.005), ("date_of_birth", 0.05), ("sex", 0.02),
                            ("address", 0.04), ("town", 0.05), ("postcode", 0.05), ("phone", 0.4)):
            if rng.random() < share:
                row[name] = ""
        return row


def main():
    persons, target = int(sys.argv[1]), sys.argv[2]
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    world = World(rng, persons)
    clerk, rows, made = Clerk(rng, world), [], 0
    while made < persons:
        for person in world.household()[:persons - made]:
            made += 1
            records = rng.choices([1, 2, 3], [18, 77, 5])[0]
            for number in range(records):
                row = clerk.record(person, number > 0)
                rows.append((f"{row['given_name']},{row['surname']},{row['date_of_birth']},{row['sex']},{row['address']},"
                             f"{row['town']},{row['postcode']},{row['phone']}", made))
    rng.shuffle(rows)
    with open(target, "w") as file:
        file.write(",".join(FIELDS) + "\n")
        file.writelines(f"r{number},{text},{person}\n" for number, (text, person) in enumerate(rows, 1))


if __name__ == "__main__":
    main()
