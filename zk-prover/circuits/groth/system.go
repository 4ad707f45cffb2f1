package groth

import (
	"runtime"
	"sync"

	cs "github.com/consensys/gnark/constraint/bn254"
)

// systems are the copies of one constraint system. A look-up table whose entries depend on the witness keeps them inside the system while
// it is solved, so a system that two witnesses share can give one the entries of the other: whoever solves has a copy to himself.
// Copies are read when they are first needed, never more than processors compute at once.
type systems struct {
	read func() (*cs.R1CS, error)

	mutex   sync.Mutex
	free    []*cs.R1CS
	lent    int
	gone    bool       // the file cannot be read any more: the copies that there are must do
	changed *sync.Cond // on mutex
}

func newSystems(first *cs.R1CS, read func() (*cs.R1CS, error)) *systems {
	s := &systems{read: read, free: []*cs.R1CS{first}}
	s.changed = sync.NewCond(&s.mutex)
	return s
}

// with lends a copy to use, and waits for one where all are lent.
func (s *systems) with(use func(*cs.R1CS) error) error {
	system := s.take()
	defer s.give(system)
	return use(system)
}

func (s *systems) take() *cs.R1CS {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for {
		switch last := len(s.free) - 1; {
		case s.lent >= runtime.GOMAXPROCS(0):
			s.changed.Wait()
		case last >= 0:
			system := s.free[last]
			s.free = s.free[:last]
			s.lent++
			return system
		case s.gone:
			s.changed.Wait()
		default:
			if system := s.readAnother(); system != nil {
				return system
			}
		}
	}
}

// readAnother reads a copy with the mutex open, because reading takes long; the place that it will have counts as lent meanwhile.
func (s *systems) readAnother() *cs.R1CS {
	s.lent++
	s.mutex.Unlock()
	system, err := s.read()
	s.mutex.Lock()
	if err != nil {
		s.lent--
		s.gone = true
		s.changed.Broadcast()
		return nil
	}
	return system
}

func (s *systems) give(system *cs.R1CS) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.free = append(s.free, system)
	s.lent--
	s.changed.Broadcast()
}
