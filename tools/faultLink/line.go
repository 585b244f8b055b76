package main

import (
	"math/rand/v2"
	"sync"
	"time"
)

// maxQueuedPackets bounds what one line holds, whatever its delay: about 12 MB.
const maxQueuedPackets = 8192

// shape says what a line does to what goes through it. The zero shape does nothing.
type shape struct {
	DelayMs  float64 `json:"delayMs"`
	JitterMs float64 `json:"jitterMs"`
	// LossRatio is the share of packets that vanish, each by its own chance, 0 to 1.
	LossRatio float64 `json:"lossRatio"`
	// RateBps 0 is as fast as it goes.
	RateBps float64 `json:"rateBps"`
	// QueueMs is how much may wait for a slow line before the next packet is dropped; 0 stands for 300.
	QueueMs float64 `json:"queueMs"`
	IsCut   bool    `json:"isCut"`
}

// lineCounters are packets and bytes since the start.
type lineCounters struct {
	Packets int64 `json:"packets"`
	Bytes   int64 `json:"bytes"`
	Dropped int64 `json:"dropped"`
}

type travelling struct {
	packet  []byte
	arrives time.Time
}

// line carries packets one way, in order.
type line struct {
	deliver func(packet []byte)
	queue   chan travelling

	mutex       sync.Mutex
	shape       shape
	random      *rand.Rand
	busyUntil   time.Time
	lastArrival time.Time
	counted     lineCounters
}

func newLine(seed uint64, deliver func(packet []byte)) *line {
	made := &line{
		deliver: deliver,
		queue:   make(chan travelling, maxQueuedPackets),
		random:  rand.New(rand.NewPCG(seed, seed^0x9e3779b97f4a7c15)),
	}
	go made.run()
	return made
}

func (l *line) set(next shape) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.shape = next
	// What waited for the old rate does not delay the new one for ever.
	l.busyUntil = time.Time{}
}

func (l *line) counters() lineCounters {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.counted
}

// accept takes a packet at the line's beginning, or drops it. The packet is the line's from now on.
func (l *line) accept(packet []byte) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	arrives, isKept := l.plan(len(packet), time.Now())
	if isKept {
		select {
		case l.queue <- travelling{packet, arrives}:
			l.counted.Packets++
			l.counted.Bytes += int64(len(packet))
			return
		default:
		}
	}
	l.counted.Dropped++
}

// plan decides when a packet of this size arrives, if at all.
func (l *line) plan(size int, now time.Time) (time.Time, bool) {
	if l.shape.IsCut || l.random.Float64() < l.shape.LossRatio {
		return now, false
	}
	sent := now
	if l.shape.RateBps > 0 {
		if l.busyUntil.After(now) {
			sent = l.busyUntil
		}
		queueMs := l.shape.QueueMs
		if queueMs == 0 {
			queueMs = 300
		}
		if sent.Sub(now) > milliseconds(queueMs) {
			return now, false
		}
		sent = sent.Add(time.Duration(float64(size*8) / l.shape.RateBps * float64(time.Second)))
		l.busyUntil = sent
	}
	arrives := sent.Add(milliseconds(l.shape.DelayMs + l.shape.JitterMs*(2*l.random.Float64()-1)))
	// Jitter never turns the order round: few real networks do.
	if arrives.Before(l.lastArrival) {
		arrives = l.lastArrival
	}
	l.lastArrival = arrives
	return arrives, true
}

func (l *line) run() {
	for next := range l.queue {
		if wait := time.Until(next.arrives); wait > 0 {
			time.Sleep(wait)
		}
		l.mutex.Lock()
		isCut := l.shape.IsCut
		l.mutex.Unlock()
		if !isCut {
			l.deliver(next.packet)
		}
	}
}

func milliseconds(value float64) time.Duration {
	return time.Duration(value * float64(time.Millisecond))
}
