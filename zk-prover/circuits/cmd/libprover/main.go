// Command libprover is the C library: ABI.md beside this module says what crosses. It keeps no pointer of the caller and prints nothing.
package main

/*
#include <stdint.h>
#include <stdlib.h>
*/
import "C"

import (
	"unsafe"

	"bulwark.io/circuits/boundary"
)

func main() {}

// bw_call answers the call of n bytes in a block, which the caller frees with bw_free, and gives the length of that block; null where the call cannot
// even be read. The view of the caller's bytes lives during the call only.
//
//export bw_call
func bw_call(call *C.uint8_t, n C.int64_t, length *C.int64_t) *C.uint8_t {
	if length == nil {
		return nil
	}
	*length = 0
	if n < 0 || n > boundary.CallBytesMax || call == nil && n > 0 {
		return nil
	}
	answer := boundary.Call(unsafe.Slice((*byte)(unsafe.Pointer(call)), int(n)))
	*length = C.int64_t(len(answer))
	return (*C.uint8_t)(C.CBytes(answer))
}

//export bw_free
func bw_free(block *C.uint8_t) { C.free(unsafe.Pointer(block)) }
