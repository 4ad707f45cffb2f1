// Command libprover is the C library: ABI.md beside this module says what crosses. Every export answers with a class of refusal, recovers
// from its own failures, keeps no pointer of the caller and prints nothing.
package main

/*
#include <stdint.h>
#include <stdlib.h>
*/
import "C"

import (
	"runtime"
	"runtime/debug"
	"sync"
	"unsafe"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/logger"

	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/refusal"
)

const abiVersion = 2

// inputMax bounds one input buffer, before anything is allocated for it.
const inputMax = 1 << 30

func init() { logger.Disable() }

func main() {}

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

func (h *handles[T]) get(number C.int64_t, where string) (T, error) {
	h.mutex.RLock()
	defer h.mutex.RUnlock()
	item, ok := h.open[int64(number)]
	if !ok {
		return item, refusal.New(refusal.Handle, "UNKNOWN_HANDLE", "%s", where)
	}
	return item, nil
}

func (h *handles[T]) close(number C.int64_t, where string) error {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if _, ok := h.open[int64(number)]; !ok {
		return refusal.New(refusal.Handle, "UNKNOWN_HANDLE", "%s", where)
	}
	delete(h.open, int64(number))
	return nil
}

// answer runs an export, recovers from a failure inside it, and gives its class; failure reports the refusal.
func answer(run func() error, failure func(*refusal.Refusal)) (class C.int32_t) {
	defer func() {
		if recover() != nil {
			fault := refusal.New(refusal.Internal, "INTERNAL", "library")
			failure(fault)
			class = C.int32_t(fault.Class)
		}
	}()
	if err := run(); err != nil {
		fault := refusal.Of(err)
		failure(fault)
		return C.int32_t(fault.Class)
	}
	return 0
}

func silent(*refusal.Refusal) {}

// quiet runs an export that has no place for an error array.
func quiet(run func() error) C.int32_t { return answer(run, silent) }

// buffer is an output buffer of the caller.
type buffer struct {
	out    **C.uint8_t
	length *C.int64_t
}

func (b buffer) clear() {
	if b.out != nil && b.length != nil {
		*b.out, *b.length = nil, 0
	}
}

func (b buffer) write(content []byte) {
	if b.out != nil && b.length != nil {
		*b.out, *b.length = (*C.uint8_t)(C.CBytes(content)), C.int64_t(len(content))
	}
}

func (b buffer) refuse(fault *refusal.Refusal) {
	b.write(canonical.Encode([]any{fault.Code, fault.Where, fault.Constraint}))
}

// loud runs an export that reports a refusal as an error array.
func (b buffer) loud(run func() error) C.int32_t {
	b.clear()
	return answer(run, b.refuse)
}

// input copies nothing: the view is valid during the call only.
func input(pointer *C.uint8_t, length C.int64_t, where string) ([]byte, error) {
	if length < 0 || length > inputMax || pointer == nil && length > 0 {
		return nil, refusal.New(refusal.Request, "WRONG_LENGTH", "%s", where)
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(pointer)), int(length)), nil
}

func elements(pointer *C.uint8_t, count C.int64_t, where string) ([]fr.Element, error) {
	if count < 0 || count > inputMax/fr.Bytes {
		return nil, refusal.New(refusal.Request, "WRONG_LENGTH", "%s", where)
	}
	encoded, err := input(pointer, count*fr.Bytes, where)
	if err != nil {
		return nil, err
	}
	decoded := make([]fr.Element, count)
	for i := range decoded {
		if decoded[i].SetBytesCanonical(encoded[i*fr.Bytes:(i+1)*fr.Bytes]) != nil {
			return nil, refusal.New(refusal.Request, "NOT_A_FIELD_ELEMENT", "%s[%d]", where, i)
		}
	}
	return decoded, nil
}

func missing(where string) error { return refusal.New(refusal.Request, "WRONG_LENGTH", "%s", where) }

func output(pointer *C.uint8_t, length int) ([]byte, error) {
	if pointer == nil {
		return nil, refusal.New(refusal.Request, "WRONG_LENGTH", "out")
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(pointer)), length), nil
}

func writeElement(pointer *C.uint8_t, element fr.Element) error {
	out, err := output(pointer, fr.Bytes)
	if err != nil {
		return err
	}
	encoded := element.Bytes()
	copy(out, encoded[:])
	return nil
}

//export bw_abi_version
func bw_abi_version() C.int32_t { return abiVersion }

//export bw_free
func bw_free(pointer *C.uint8_t) { C.free(unsafe.Pointer(pointer)) }

//export bw_config
func bw_config(cbor *C.uint8_t, n C.int64_t) C.int32_t {
	return quiet(func() error {
		encoded, err := input(cbor, n, "configuration")
		if err != nil {
			return err
		}
		root, document := canonical.Decode(encoded, refusal.Request, "configuration")
		fields := root.Tuple("memoryLimitBytes", "gcPercent", "threads")
		memory, percent, threads := fields[0].Int(0, 1<<62), fields[1].Int(0, 10_000), fields[2].Int(0, 1024)
		if document.Fault() != nil {
			return document.Fault()
		}
		configure(memory, int(percent), int(threads))
		return nil
	})
}

func configure(memory int64, percent, threads int) {
	if memory > 0 {
		debug.SetMemoryLimit(memory)
	}
	if percent > 0 {
		debug.SetGCPercent(percent)
	}
	if threads > 0 {
		runtime.GOMAXPROCS(threads)
	}
}
