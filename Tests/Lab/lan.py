"""Hosts on one bridge: network and mount namespaces of their own, each with D-Bus and Avahi.

Works only below `run`, whose namespaces keep all of it away from the machine's own network.
"""

import itertools
import signal
import subprocess
import time
from pathlib import Path

BRIDGE = "lan"
NETWORK = "10.77.0"
START_SECONDS = 20

# What a host does first. There is one user alone where whoever runs the lab is not root, so Avahi's
# own user is that one.
KEEPER = """set -e
mount -t tmpfs tmpfs /run
mkdir -p /run/dbus /run/avahi-daemon
for file in passwd group; do
    echo root:x:0:0::/: >/run/$file
    echo avahi:x:0:0::/: >>/run/$file
    mount --bind /run/$file /etc/$file
done
ip link set lo up
echo
exec sleep infinity
"""

# Anybody may do anything: the bus is alone in its host.
BUS = """<busconfig>
  <type>system</type><listen>unix:path=/run/dbus/system_bus_socket</listen><auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_type="signal"/>
    <allow send_type="method_return"/><allow send_type="error"/>
    <allow receive_type="method_call"/><allow receive_type="signal"/>
    <allow receive_type="method_return"/><allow receive_type="error"/>
  </policy>
</busconfig>
"""
# What Debian's configuration says, and the host's name.
AVAHI = """[server]
host-name={name}
use-ipv4=yes
use-ipv6=yes
ratelimit-interval-usec=1000000
ratelimit-burst=1000
[publish]
publish-hinfo=no
publish-workstation=no
[wide-area]
enable-wide-area=no
"""


def system(*command: str) -> None:
    """Runs a command of the system, which must do it."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"


class Lan:
    """A switch with its hosts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hosts: list[Host] = []
        system("ip", "link", "add", BRIDGE, "type", "bridge", "mcast_snooping", "0")
        system("ip", "link", "set", BRIDGE, "up")

    def host(self, has_avahi: bool = True) -> "Host":
        """Adds a host: h1, h2 and so on."""
        host = Host(len(self.hosts) + 1, self.folder)
        self.hosts.append(host)
        host.plug_in()
        if has_avahi:
            host.start_avahi()
        return host

    def close(self) -> None:
        """Ends the hosts' daemons and takes the switch away."""
        for host in self.hosts:
            host.close()
        system("ip", "link", "delete", BRIDGE)


class Host:
    """A computer with one network card, eth0."""

    _laid = itertools.count(1)

    def __init__(self, number: int, folder: Path) -> None:
        self.name = f"h{number}"
        self.address = f"{NETWORK}.{number}"
        self.folder = folder / self.name
        self.folder.mkdir()
        # A cable goes with its host's namespace, but the kernel takes its time for that.
        self._cable = f"cable{next(self._laid)}"
        self._bus: subprocess.Popen | None = None
        self._avahi: subprocess.Popen | None = None
        self._keeper = subprocess.Popen(
            ["unshare", "--net", "--mount", "sh", "-c", KEEPER], stdout=subprocess.PIPE)
        assert self._keeper.stdout and self._keeper.stdout.readline() == b"\n"

    def inside(self, *command: str | Path) -> list[str]:
        """The command line that runs another one on this host."""
        target = str(self._keeper.pid)
        return ["nsenter", "--target", target, "--net", "--mount", "--", *map(str, command)]

    def plug_in(self) -> None:
        """Lays the cable and takes an address."""
        system("ip", "link", "add", self._cable, "type", "veth",
               "peer", "name", "eth0", "netns", str(self._keeper.pid))
        system("ip", "link", "set", self._cable, "master", BRIDGE, "up")
        system(*self.inside(
            "ip", "address", "add", f"{self.address}/24", "brd", "+", "dev", "eth0"))
        system(*self.inside("ip", "link", "set", "eth0", "up"))
        system(*self.inside("ip", "route", "add", "default", "dev", "eth0"))

    def cut(self) -> None:
        """Pulls the cable."""
        system("ip", "link", "set", self._cable, "down")

    def join(self) -> None:
        """Puts the cable back."""
        system("ip", "link", "set", self._cable, "up")

    def slow_down(self, rate: str) -> None:
        """Lets no more come in than this, as on a bad radio link; "4mbit" for example."""
        system("tc", "qdisc", "replace", "dev", self._cable, "root", "tbf", "rate", rate,
               "burst", "64kb", "latency", "400ms")

    def block(self, port: int) -> None:
        """Lets no datagram to that port out or in, as some access points do."""
        rules = f"""
            add table inet lab
            add chain inet lab out {{ type filter hook output priority 0; }}
            add chain inet lab in {{ type filter hook input priority 0; }}
            add rule inet lab out udp dport {port} drop
            add rule inet lab in udp dport {port} drop
        """
        done = subprocess.run(
            self.inside("nft", "-f", "-"), input=rules, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def allow(self) -> None:
        """Takes back what `block` did."""
        system(*self.inside("nft", "flush", "ruleset"))

    def start_avahi(self) -> None:
        """Starts D-Bus, if it does not run yet, and Avahi, and waits until it has its name."""
        if not self._bus:
            self._bus = self._start("dbus", BUS, "dbus-daemon", "--nofork", "--nopidfile",
                                    "--config-file")
        log = self.folder / "avahi.log"
        log.unlink(missing_ok=True)
        self._avahi = self._start(
            "avahi", AVAHI.format(name=self.name), "avahi-daemon", "--no-drop-root",
            "--no-rlimits", "--no-chroot", "--file")
        self._wait_for(log, "startup complete")

    def stop_avahi(self) -> None:
        """Ends Avahi; it says goodbye to the others."""
        _end(self._avahi)
        self._avahi = None

    def services_known(self, word: str) -> int:
        """How many of the services whose names hold a word Avahi has in its memory, which it
        writes out when it gets this signal."""
        assert self._avahi
        log = self.folder / "avahi.log"
        before = log.stat().st_size
        self._avahi.send_signal(signal.SIGUSR1)
        self._wait(lambda: b"CACHE DUMP" in log.read_bytes()[before:], "Avahi's memory")
        time.sleep(1)
        dump = log.read_bytes()[before:].decode(errors="replace")
        return sum(word in line and "\tPTR" in line for line in dump.splitlines())

    def close(self) -> None:
        """Ends everything that this object started."""
        for process in (self._avahi, self._bus, self._keeper):
            _end(process)

    def _start(self, name: str, configuration: str, *command: str) -> subprocess.Popen:
        file = self.folder / f"{name}.conf"
        file.write_text(configuration)
        with open(self.folder / f"{name}.log", "wb") as log:
            process = subprocess.Popen(
                self.inside(*command, file), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        if name == "dbus":
            socket = Path(f"/proc/{self._keeper.pid}/root/run/dbus/system_bus_socket")
            self._wait(socket.exists, "D-Bus")
        return process

    def _wait_for(self, log: Path, words: str) -> None:
        self._wait(lambda: words in log.read_text(errors="replace"), f"{log}: {words}")

    @staticmethod
    def _wait(is_done, what: str) -> None:
        end = time.monotonic() + START_SECONDS
        while not is_done():
            assert time.monotonic() < end, f"waited in vain for {what}"
            time.sleep(0.05)


def _end(process: subprocess.Popen | None) -> None:
    if process:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
