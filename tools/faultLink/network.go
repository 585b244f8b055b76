package main

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"sync"
	"time"
)

// maxPorts bounds a network; nobody needs more people on one machine.
const maxPorts = 64

// rule drops packets of a protocol ("udp", "tcp" or "any") from one port to another ("" is every port).
type rule struct {
	Protocol string `json:"protocol"`
	From     string `json:"from"`
	To       string `json:"to"`
}

type portCounters struct {
	Up   lineCounters `json:"up"`
	Down lineCounters `json:"down"`
}

// port is where one namespace is plugged in.
type port struct {
	name   string
	prefix netip.Prefix
	device *os.File
	up     *line
	down   *line
}

// network routes IPv4 packets between its ports by the prefix that each port has. What fits no port is dropped.
type network struct {
	mutex sync.RWMutex
	ports map[string]*port
	rules []rule
}

func newNetwork() *network {
	return &network{ports: map[string]*port{}}
}

func (n *network) addPort(asked command) error {
	prefix, err := netip.ParsePrefix(asked.Prefix)
	if err != nil {
		return err
	}
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if len(n.ports) >= maxPorts {
		return fmt.Errorf("no more than %d ports", maxPorts)
	}
	if n.ports[asked.Port] != nil {
		return fmt.Errorf("there is a port %q already", asked.Port)
	}
	device, err := openTun(asked.Namespace, asked.Device)
	if err != nil {
		return err
	}
	seed := uint64(len(n.ports) + 1)
	if asked.Seed != nil {
		seed = *asked.Seed
	}
	added := &port{name: asked.Port, prefix: prefix.Masked(), device: device}
	added.up = newLine(2*seed, func(packet []byte) { n.route(added, packet) })
	// A device that is down takes no packet, as a cable that is out.
	added.down = newLine(2*seed+1, func(packet []byte) { _, _ = device.Write(packet) })
	n.ports[asked.Port] = added
	go added.read()
	return nil
}

func (p *port) read() {
	buffer := make([]byte, 65536)
	for {
		size, err := p.device.Read(buffer)
		if errors.Is(err, os.ErrClosed) {
			return
		}
		if err != nil {
			// A device that is down may refuse to be read; it comes up again.
			time.Sleep(20 * time.Millisecond)
			continue
		}
		packet := make([]byte, size)
		copy(packet, buffer[:size])
		p.up.accept(packet)
	}
}

func (n *network) shape(name, direction string, next shape) error {
	n.mutex.RLock()
	defer n.mutex.RUnlock()
	found := n.ports[name]
	if found == nil {
		return fmt.Errorf("no port %q", name)
	}
	switch direction {
	case "up":
		found.up.set(next)
	case "down":
		found.down.set(next)
	case "both":
		found.up.set(next)
		found.down.set(next)
	default:
		return fmt.Errorf("no such direction: %q", direction)
	}
	return nil
}

func (n *network) block(rules []rule) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	n.rules = rules
}

func (n *network) counters() map[string]portCounters {
	n.mutex.RLock()
	defer n.mutex.RUnlock()
	counted := map[string]portCounters{}
	for name, each := range n.ports {
		counted[name] = portCounters{Up: each.up.counters(), Down: each.down.counters()}
	}
	return counted
}

// route hands a packet to the port that its destination belongs to (RFC 791: protocol at 9, destination at 16).
func (n *network) route(from *port, packet []byte) {
	if len(packet) < 20 || packet[0]>>4 != 4 {
		return
	}
	destination := netip.AddrFrom4([4]byte(packet[16:20]))
	n.mutex.RLock()
	defer n.mutex.RUnlock()
	for _, to := range n.ports {
		if to.prefix.Contains(destination) {
			if !n.isBlocked(from, to, packet[9]) {
				to.down.accept(packet)
			}
			return
		}
	}
}

func (n *network) isBlocked(from, to *port, protocol byte) bool {
	for _, each := range n.rules {
		fits := each.Protocol == "any" || each.Protocol == "tcp" && protocol == 6 || each.Protocol == "udp" && protocol == 17
		if fits && (each.From == "" || each.From == from.name) && (each.To == "" || each.To == to.name) {
			return true
		}
	}
	return false
}
