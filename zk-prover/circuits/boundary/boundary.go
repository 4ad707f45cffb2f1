// Package boundary is what crosses between Java and the circuits: calls, by name, with canonical arguments. It knows no pointer and no C, so
// that the library (cmd/libprover) and the process (cmd/bulwark-prover) are the same calls behind two doors.
//
// Takes: a call, the canonical array [function, arguments…]; ABI.md lists them. Gives: the canonical array [0, answer], or a refusal
// [class, code, where, constraint]. A refusal never holds a value: it may be logged. A failure inside is recovered and answered as INTERNAL.
package boundary

import (
	"math"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/logger"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
)

// Version is the version of the calls: a caller that knows another refuses to start.
const Version = 5

// Build is the hash of everything that this program is made of; build.sh writes it. Keys that a set-up writes are filed under it.
var Build = ""

// Longest arguments, bytes; an argument is measured before it is decoded.
const (
	tableBytesMax   = 64 << 20
	requestBytesMax = 1 << 20
	bookBytesMax    = 256 << 20
)

// CallBytesMax bounds a call: a book and a table, and what little stands around them.
const CallBytesMax = bookBytesMax + tableBytesMax + requestBytesMax

func init() { logger.Disable() }

// function is one that can be called: the names of its arguments, in their order, and what it does with them.
type function struct {
	arguments []string
	run       func(arguments []canonical.Value) (any, error)
}

// functions are filled by the files of this package, each with its own.
var functions = map[string]function{
	"version":   {nil, version},
	"configure": {[]string{"memoryLimitBytes", "gcPercent", "threads"}, configure},
}

// Call answers a call. It comes back whatever it is given, unless the process ends: ABI.md says of what it does.
func Call(call []byte) (answer []byte) {
	defer func() {
		if recover() != nil {
			answer = refuse(refusal.New(refusal.Internal, "INTERNAL", "library"))
		}
	}()
	given, err := run(call)
	if err != nil {
		return refuse(refusal.Of(err))
	}
	if given == nil {
		given = []any{}
	}
	return canonical.Encode([]any{int64(0), given})
}

func refuse(fault *refusal.Refusal) []byte {
	return canonical.Encode([]any{int64(fault.Class), fault.Code, fault.Where, fault.Constraint})
}

func run(call []byte) (any, error) {
	if len(call) > CallBytesMax {
		return nil, refusal.New(refusal.Request, "WRONG_LENGTH", "call")
	}
	root, document := canonical.Decode(call, refusal.Request, "call")
	items := root.Items()
	if document.Fault() != nil || len(items) == 0 {
		root.Refuse("WRONG_LENGTH")
		return nil, document.Fault()
	}
	called, known := functions[items[0].Text()]
	if !known {
		items[0].Refuse("UNKNOWN_FUNCTION")
		return nil, document.Fault()
	}
	arguments := root.Tuple(append([]string{"function"}, called.arguments...)...)[1:]
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	return called.run(arguments)
}

// version says what a caller must know before anything else.
func version([]canonical.Value) (any, error) { return []any{int64(Version), Build}, nil }

// configure sets the limits of the runtime, 0 in a place leaves that setting alone, and says which memory limit and how many threads are in force.
func configure(arguments []canonical.Value) (any, error) {
	memory, percent, threads := arguments[0].Int(0, math.MaxInt64), arguments[1].Int(0, 10_000), arguments[2].Int(0, 1024)
	if err := arguments[0].Fault(); err != nil {
		return nil, err
	}
	if memory > 0 {
		debug.SetMemoryLimit(memory)
	}
	if percent > 0 {
		debug.SetGCPercent(int(percent))
	}
	if threads > 0 {
		runtime.GOMAXPROCS(int(threads))
	}
	return []any{debug.SetMemoryLimit(-1), int64(runtime.GOMAXPROCS(0))}, nil
}

// bytesOf is an argument of at most so many bytes.
func bytesOf(argument canonical.Value, most int) []byte {
	content := argument.Bytes()
	if len(content) > most {
		argument.Refuse("WRONG_LENGTH")
		return nil
	}
	return content
}

// document is an argument that holds the encoding of something, with its fault.
func document(argument canonical.Value, most int) ([]byte, error) {
	content := bytesOf(argument, most)
	return content, argument.Fault()
}

// elements are the field elements of an argument, 32 bytes each, one behind the other.
func elements(argument canonical.Value, most int) ([]fr.Element, error) {
	encoded := bytesOf(argument, most*fr.Bytes)
	if len(encoded)%fr.Bytes != 0 {
		argument.Refuse("WRONG_LENGTH")
	}
	if err := argument.Fault(); err != nil {
		return nil, err
	}
	decoded := make([]fr.Element, len(encoded)/fr.Bytes)
	for i := range decoded {
		if decoded[i].SetBytesCanonical(encoded[i*fr.Bytes:(i+1)*fr.Bytes]) != nil {
			return nil, refusal.New(refusal.Request, "NOT_A_FIELD_ELEMENT", "%s[%d]", argument.Where(), i)
		}
	}
	return decoded, nil
}

// element is an argument of one field element.
func element(argument canonical.Value) (fr.Element, error) {
	decoded := argument.Element()
	return decoded, argument.Fault()
}

// encoded is a field element as an answer.
func encoded(element fr.Element) []byte {
	content := element.Bytes()
	return content[:]
}

// handles maps the caller's numbers to what they stand for; a number is never used again.
type handles[T any] struct {
	mutex sync.RWMutex
	open  map[int64]T
}

var lastHandle struct {
	sync.Mutex
	number int64
}

func (h *handles[T]) add(item T) int64 {
	lastHandle.Lock()
	lastHandle.number++
	number := lastHandle.number
	lastHandle.Unlock()
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.open == nil {
		h.open = map[int64]T{}
	}
	h.open[number] = item
	return number
}

// get finds what an argument stands for.
func (h *handles[T]) get(argument canonical.Value) (T, error) {
	number, err := handle(argument)
	h.mutex.RLock()
	defer h.mutex.RUnlock()
	item, ok := h.open[number]
	if err == nil && !ok {
		err = unknown(argument)
	}
	return item, err
}

// closing is the function that closes what an argument stands for.
func (h *handles[T]) closing(name string) function {
	return function{[]string{name}, func(arguments []canonical.Value) (any, error) {
		number, err := handle(arguments[0])
		if err != nil {
			return nil, err
		}
		h.mutex.Lock()
		defer h.mutex.Unlock()
		if _, ok := h.open[number]; !ok {
			return nil, unknown(arguments[0])
		}
		delete(h.open, number)
		return nil, nil
	}}
}

func handle(argument canonical.Value) (int64, error) {
	number := argument.Int(math.MinInt64, math.MaxInt64)
	return number, argument.Fault()
}

// unknown is the refusal of a handle that is closed, of another kind, or was never given.
func unknown(argument canonical.Value) error {
	return refusal.New(refusal.Handle, "UNKNOWN_HANDLE", "%s", argument.Where())
}
