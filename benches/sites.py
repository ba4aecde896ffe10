#!/usr/bin/env python3
"""How long Essai takes, as a ratio to the floor: whole processes, side by side, on generated sites.

    benches/sites.py [SIZES...] [--runs N] [--folder DIR]        sizes are numbers of essays: 10 100 1000 10000

For each size it writes a site of essays of 1,500 words with links, keywords, headings, lists and tables (no code), then
runs, in turn: the floor (`benches/floor.rs`: parse and write, nothing else), a cold build, and a build with nothing changed.
CPU is user + system time as the kernel counts it for the finished process; the median of the runs is printed. Ratios of one
run compare; seconds of different machines or days do not. A folder in memory (`--folder /dev/shm/essai`) leaves the disk out.
"""
import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORDS = """able about above across after again air along always among animal answer area around ask away back ball base
bear beauty began behind believe best better bird black boat body book bring brought build busy call came carry cause center
certain change check children city class clear close cold color common complete contain correct country course cover cross
cry current dark deep describe develop differ direct distant door down draw dream drive dry during early earth ease east
enough equate even ever every exact example face fact family far farm fast feel few field figure fill final find fine fire
fish five fly follow food foot force form found four free friend front full game gave general girl glass gold gone good
govern grand great green ground group grow half hand happen hard head hear heart heat heavy help high hold home horse hot
hour house hundred idea inch island keep kind king knew know land language large last laugh lead learn leave left less letter
life light like line list listen little live long look love machine main make many map mark matter mean measure mile mind
minute miss money moon morning mother mountain move music name nation near need never new night north note notice noun number
object ocean often open order paper pass pattern pay people person phrase piece place plain plan plane plant play point port
pose possible pound power present press problem produce product pull question quick rain reach ready real record red remember
rest river road rock room round rule run sail science sea season second see seem sentence serve set seven shape ship short
should show simple sing size sleep slow small snow song soon sound south special spell stand star start state stay stead
step still stood story street strong study sun sure surface system table tail talk teach test thing think thought thousand
time together told tone top town toward travel tree true turn under unit until use usual vary verb voice vowel wait walk want
war warm watch water wave week weight west wheel white whole wind wonder wood word work world write year young""".split()
KEYWORDS = "art history maths music writing gardens machines rivers light memory craft walking maps letters glass".split()


def essay(index, rng):
    sentence = lambda: " ".join(rng.choice(WORDS) for _ in range(rng.randint(6, 22))).capitalize() + "."
    paragraph = lambda: " ".join(sentence() for _ in range(5))
    lines = [
        f"title: Essay {index} on {rng.choice(WORDS)}",
        f"keywords: {', '.join(rng.sample(KEYWORDS, 3))}",
        f"date: {2005 + index % 20}-{index % 12 + 1:02}-{index % 28 + 1:02}",
        "",
        f"# Essay {index}",
        "",
    ]
    words = 0
    while words < 1500:
        lines += [f"## {' '.join(rng.sample(WORDS, 3)).capitalize()}", ""]
        for _ in range(4):
            text = paragraph()
            if index and rng.random() < 0.3:
                other = rng.randrange(index)
                text += f" See [essay {other}](../{other // 50}/{other}.md) for *more* of `it`."
            lines += [text, ""]
            words += len(text.split())
        lines += [f"- {sentence()}" for _ in range(3)] + [""]
    lines += ["a | b", "--|--", "1 | 2", ""]
    return "\n".join(lines)


def generate(folder, size):
    marker = os.path.join(folder, f".made-{size}")
    if os.path.exists(marker):
        return
    shutil.rmtree(folder, ignore_errors=True)
    for index in range(size):
        path = os.path.join(folder, "content", str(index // 50), f"{index}.md")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(essay(index, random.Random(index)))
    open(marker, "w").close()


def run(command):
    """CPU seconds, wall seconds and peak MiB of one whole process."""
    start = os.times().elapsed
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = os.times().elapsed - start
    if status:
        sys.exit(f"{' '.join(command)} failed:\n{error.decode()}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def binary(name, *arguments):
    """The path of the executable of the target `name` that cargo builds with these arguments."""
    output = subprocess.run(["cargo", *arguments, "--message-format", "json"], cwd=ROOT, check=True, capture_output=True).stdout
    artifacts = [json.loads(line) for line in output.splitlines()]
    return next(it["executable"] for it in artifacts if it.get("executable") and it["target"]["name"] == name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[10, 100, 1000, 10000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", default=os.path.join(ROOT, "target", "sites"))
    options = parser.parse_args()
    essai = binary("essai", "build", "--release")
    floor = binary("floor", "bench", "--bench", "floor", "--no-run")
    print("essays |  text MiB | floor CPU s | cold CPU s | ratio | cold wall s | peak MiB | unchanged CPU s | of cold")
    for size in options.sizes:
        site = os.path.join(options.folder, str(size))
        generate(site, size)
        content, out, bare = (os.path.join(site, name) for name in ("content", "public", "bare"))
        text = sum(os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(content) for f in files) / 2**20
        results = []
        for _ in range(options.runs):
            shutil.rmtree(out, ignore_errors=True)
            shutil.rmtree(bare, ignore_errors=True)
            results.append((run([floor, content, bare]), run([essai, "build", "-q", "-r", site]), run([essai, "build", "-q", "-r", site])))
        median = lambda part, figure: statistics.median(result[part][figure] for result in results)
        least, cold, again = median(0, 0), median(1, 0), median(2, 0)
        print(
            f"{size:6} | {text:9.1f} | {least:11.3f} | {cold:10.3f} | {cold / max(least, 1e-9):5.2f} | {median(1, 1):11.3f} |"
            f" {median(1, 2):8.0f} | {again:15.3f} | {again / max(cold, 1e-9):7.2f}"
        )
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(bare, ignore_errors=True)


if __name__ == "__main__":
    main()
