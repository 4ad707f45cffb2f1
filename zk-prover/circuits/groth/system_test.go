package groth

import (
	"errors"
	"runtime"
	"sync"
	"testing"
	"time"

	cs "github.com/consensys/gnark/constraint/bn254"
)

// meeting lets everybody go on when so many have come, or, so that a test ends that nobody comes to, after a while.
type meeting struct {
	mutex   sync.Mutex
	missing int
	met     chan struct{}
}

func (m *meeting) join() {
	m.mutex.Lock()
	if m.missing--; m.missing == 0 {
		close(m.met)
	}
	m.mutex.Unlock()
	select {
	case <-m.met:
	case <-time.After(5 * time.Second):
	}
}

func (m *meeting) held() bool {
	select {
	case <-m.met:
		return true
	default:
		return false
	}
}

// callMeeting makes the provers wait for each other inside the circuit's hint.
func callMeeting(t *testing.T, provers int) *meeting {
	called := &meeting{missing: provers, met: make(chan struct{})}
	arrivals.meeting = called
	t.Cleanup(func() { arrivals.meeting = nil })
	return called
}

func withProcessors(t *testing.T, processors int) {
	before := runtime.GOMAXPROCS(processors)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
}

// proveAtOnce proves over a different table in each of so many threads, and gives what they were told.
func proveAtOnce(key *Key, provers int) error {
	faults := make([]error, provers)
	var waiting sync.WaitGroup
	for i := range provers {
		waiting.Go(func() {
			circuit, public := toyAssignment(int64(100 + i))
			_, faults[i] = key.Prove(circuit, public)
		})
	}
	waiting.Wait()
	return errors.Join(faults...)
}

const provers = 3

// Each prover has emptied its table before the first fills his: with one system for all, all but one would look up another's entries.
func TestShouldProveAtOnceOverDifferentTables(t *testing.T) {
	key := toyKey(t)
	withProcessors(t, provers)
	meeting := callMeeting(t, provers)
	if err := proveAtOnce(key, provers); err != nil {
		t.Fatal(err)
	}
	if !meeting.held() {
		t.Fatal("the provers must have been in the circuit at once")
	}
}

// Without this the test above would show nothing: the trap must be there to be avoided.
func TestShouldFailWhereProversShareASystem(t *testing.T) {
	key := toyKey(t)
	withProcessors(t, provers)
	shared := key.systems.take()
	key.systems.free, key.systems.lent = []*cs.R1CS{shared, shared, shared}, 0
	callMeeting(t, provers)
	if proveAtOnce(key, provers) == nil {
		t.Fatal("provers that share a system must have met each other's entries")
	}
}

func TestShouldLendNoMoreSystemsThanProcessors(t *testing.T) {
	withProcessors(t, 2)
	pool := newSystems(new(cs.R1CS), func() (*cs.R1CS, error) { return new(cs.R1CS), nil })
	first, second := pool.take(), pool.take()
	if first == second {
		t.Fatal("two must not have the same system")
	}
	third := make(chan *cs.R1CS)
	go func() { third <- pool.take() }()
	select {
	case <-third:
		t.Fatal("a third must wait while two processors are taken")
	case <-time.After(50 * time.Millisecond):
	}
	pool.give(first)
	if <-third != first {
		t.Fatal("the third must have the system that was given back, not a new one")
	}
}

func TestShouldMakeDoWithTheCopiesThatThereAreWhenTheFileIsGone(t *testing.T) {
	withProcessors(t, provers)
	reads := 0
	pool := newSystems(new(cs.R1CS), func() (*cs.R1CS, error) { reads++; return nil, errors.New("gone") })
	only := pool.take()
	others := make(chan *cs.R1CS)
	another := func() {
		system := pool.take()
		pool.give(system)
		others <- system
	}
	isGone := func() bool {
		pool.mutex.Lock()
		defer pool.mutex.Unlock()
		return pool.gone
	}
	// Two that come at once may both look for the file; who comes when it is known to be gone may not.
	go another()
	for !isGone() {
		time.Sleep(time.Millisecond)
	}
	go another()
	time.Sleep(20 * time.Millisecond)
	pool.give(only)
	if <-others != only || <-others != only {
		t.Fatal("both must have had the only system")
	}
	if reads != 1 {
		t.Fatalf("want the file read once, have %d", reads)
	}
}
