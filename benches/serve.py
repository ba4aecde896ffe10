#!/usr/bin/env python3
"""How long it takes from saving an essay to its new page being answered over HTTP, on generated sites.

    benches/serve.py [SIZES...] [--edits N] [--soak N] [--folder DIR]      sizes are numbers of essays: 100 1000 10000

For each size it serves a site of `benches/sites.py`, and then, again and again, writes an essay and asks for its page until
the new text is there. What is printed, in milliseconds, is the time from the moment before the file is written to the
moment after the whole page has been received: median and 95th percentile, of
  prose      a sentence is changed, as most saves do
  title      a new title, which every page that lists or links to the essay shows
  hub        the same of an essay that 1,000 others link to (all of a smaller site); the front page has to show it too
  link       a new link, so that all links are resolved again
  base       the template of all pages
`build` is what Essai itself took from the end of the burst of events to the new site; the rest is the watcher's: it waits
until a file has been quiet for 6 ms. `--soak N` makes N edits and prints the memory at a tenth of them and at the end.
"""
import argparse
import http.client
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time

sys.argv, arguments = sys.argv[:1], sys.argv[1:]
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import sites


HUB = 3  # its number


class Server:
    def __init__(self, essai, site):
        self.site = site
        command = [essai, "-r", site, "serve", "--port", "0", "--message-format", "json"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.builds = []
        for line in self.process.stdout:
            said = json.loads(line)
            if said["type"] == "serving":
                break
        self.start = said["milliseconds"]
        self.host = said["url"].split("/")[2]
        threading.Thread(target=self.listen, daemon=True).start()
        self.connection = http.client.HTTPConnection(self.host)

    def listen(self):
        for line in self.process.stdout:
            said = json.loads(line)
            if said["type"] == "built":
                self.builds.append(said["milliseconds"])

    def get(self, path):
        self.connection.request("GET", path)
        return self.connection.getresponse().read()

    def memory(self):
        """Resident MiB."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))

    def stop(self):
        self.process.kill()
        self.process.wait()


def until(server, path, wanted, began):
    """Milliseconds from `began` until the answer for `path` holds `wanted`."""
    while wanted not in server.get(path):
        if time.perf_counter() - began > 30:
            sys.exit(f"{path} never held {wanted}")
        time.sleep(0.0005)
    return (time.perf_counter() - began) * 1000


def save(server, number, change):
    """Saves essay `number` with its text changed, and waits for its page."""
    folder = f"{number // 50}/{number}"
    file = os.path.join(server.site, "content", folder + ".md")
    with open(file, encoding="utf-8") as stream:
        text = stream.read()
    mark = f"mark{random.getrandbits(48):x}"
    text = change(text, mark)
    began = time.perf_counter()
    with open(file, "w", encoding="utf-8") as stream:
        stream.write(text)
    return until(server, f"/{folder}.html", mark.encode(), began)


def prose(text, mark):
    head, _, rest = text.rpartition("\n- ")
    return f"{head}\n- Now {mark}.\n" + rest.partition("\n")[2]


def hub(server):
    """Gives the essay that most others link to a new title, and waits for its page and for the front page."""
    began, wanted = time.perf_counter(), []
    save(server, HUB, lambda text, mark: wanted.append(mark.encode()) or title(text, mark))
    return until(server, "/index.html", wanted[0], began)


def link_to_hub(site, size):
    """Lets as many as 1,000 essays end with a link to the hub."""
    for number in range(min(size, 1001)):
        file = os.path.join(site, "content", str(number // 50), f"{number}.md")
        with open(file, encoding="utf-8") as stream:
            text = stream.read()
        if number != HUB and f"/{HUB}.md)" not in text:
            with open(file, "a", encoding="utf-8") as stream:
                stream.write(f"\nAll of it began with [one essay](../{HUB // 50}/{HUB}.md).\n")


def title(text, mark):
    return f"title: Essay {mark}\n" + text.split("\n", 1)[1]


def link(text, mark):
    return f"{text}\n[{mark}](../0/{random.randrange(50)}.md)\n"


def base(server, theme):
    """Saves the template of all pages, and waits for a page."""
    mark = f"mark{random.getrandbits(48):x}"
    began = time.perf_counter()
    with open(os.path.join(server.site, "templates", "base.html"), "w", encoding="utf-8") as stream:
        stream.write(theme + f"<!-- {mark} -->\n")
    return until(server, "/0/7.html", mark.encode(), began)


def shown(times):
    ordered = sorted(times)
    return f"{statistics.median(ordered):7.1f} {ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]:7.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1000, 10000])
    parser.add_argument("--edits", type=int, default=40)
    parser.add_argument("--soak", type=int, default=0)
    parser.add_argument("--binary", help="a release build that is there already")
    parser.add_argument("--folder", default=os.path.join(sites.ROOT, "target", "serve"))
    options = parser.parse_args(arguments)
    essai = options.binary or sites.binary("essai", "build", "--release")
    with open(os.path.join(sites.ROOT, "templates", "base.html"), encoding="utf-8") as stream:
        theme = stream.read()
    print("essays | kind  |  median     p95 | build median     p95 | resident MiB")
    for size in options.sizes:
        site = os.path.join(options.folder, str(size))
        sites.generate(site, size)
        link_to_hub(site, size)
        shutil.rmtree(os.path.join(site, "templates"), ignore_errors=True)
        os.makedirs(os.path.join(site, "templates"))
        server = Server(essai, site)
        server.get("/0/7.html")
        time.sleep(1)
        edit = lambda change: save(server, random.randrange(size), change)
        for name, change in [
            ("prose", lambda: edit(prose)),
            ("title", lambda: edit(title)),
            ("hub", lambda: hub(server)),
            ("link", lambda: edit(link)),
            ("base", lambda: base(server, theme)),
        ]:
            times, first = [], len(server.builds)
            for _ in range(options.edits):
                times.append(change())
                time.sleep(random.uniform(0.02, 0.1))
            print(f"{size:6} | {name:5} | {shown(times)} | {shown(server.builds[first:]):>20} | {server.memory():8.0f}", flush=True)
        early = 0
        for edit in range(options.soak):
            save(server, random.randrange(size), random.choice([prose, prose, title]))
            if edit == options.soak // 10:
                early = server.memory()
        if options.soak:
            print(f"{size:6} | after {options.soak // 10} edits {early:.0f} MiB, after {options.soak} {server.memory():.0f} MiB")
        server.stop()
        shutil.rmtree(site, ignore_errors=True)


if __name__ == "__main__":
    main()
