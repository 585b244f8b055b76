// faultLink joins network namespaces by TUN devices and, between them, delays, loses, slows, blocks or cuts what goes through.
//
// It reads commands as lines of JSON from its standard input and answers each with one line of JSON. It ends with its input,
// and its devices end with it, so that whoever started it can crash without leaving a link behind.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
)

// command is one line of input. Which fields matter depends on Do.
type command struct {
	ID        int     `json:"id"`
	Do        string  `json:"do"`
	Port      string  `json:"port"`
	Namespace string  `json:"namespace"`
	Device    string  `json:"device"`
	Prefix    string  `json:"prefix"`
	Direction string  `json:"direction"`
	Shape     shape   `json:"shape"`
	Rules     []rule  `json:"rules"`
	Target    string  `json:"target"`
	Seed      *uint64 `json:"seed"`
}

type answer struct {
	ID       int                     `json:"id"`
	Error    string                  `json:"error,omitempty"`
	Port     int                     `json:"port,omitempty"`
	Counters map[string]portCounters `json:"counters,omitempty"`
}

func init() {
	// The first thread stays in the namespace that we were started in: by it the system tells where a process is, and whoever
	// empties a namespace is not to take this program for one of its inhabitants.
	runtime.LockOSThread()
}

func main() {
	network := newNetwork()
	input := bufio.NewScanner(os.Stdin)
	output := json.NewEncoder(os.Stdout)
	for input.Scan() {
		var asked command
		reply := answer{}
		if err := json.Unmarshal(input.Bytes(), &asked); err != nil {
			reply.Error = err.Error()
		} else {
			reply = run(network, asked)
		}
		if err := output.Encode(reply); err != nil {
			return
		}
	}
}

func run(network *network, asked command) answer {
	reply := answer{ID: asked.ID}
	var err error
	switch asked.Do {
	case "addPort":
		err = network.addPort(asked)
	case "shape":
		err = network.shape(asked.Port, asked.Direction, asked.Shape)
	case "block":
		network.block(asked.Rules)
	case "counters":
		reply.Counters = network.counters()
	case "forward":
		reply.Port, err = forward(asked.Namespace, asked.Target)
	default:
		err = fmt.Errorf("no such command: %q", asked.Do)
	}
	if err != nil {
		reply.Error = err.Error()
	}
	return reply
}
