package main

// #include <stdint.h>
import "C"

import (
	"bulwark.io/circuits/ceremony"
	"bulwark.io/circuits/groth"
)

// held runs one step of a ceremony.
func held(step func(groth.Catalogue, []byte) ([]byte, error), cbor *C.uint8_t, n C.int64_t, out **C.uint8_t, outLen *C.int64_t) C.int32_t {
	result := buffer{out, outLen}
	return result.loud(func() error {
		encoded, err := input(cbor, n, "ceremony")
		if err != nil {
			return err
		}
		status, err := step(catalogue, encoded)
		if err != nil {
			return err
		}
		result.write(status)
		return nil
	})
}

//export bw_ceremony_init
func bw_ceremony_init(cbor *C.uint8_t, n C.int64_t, out **C.uint8_t, outLen *C.int64_t) C.int32_t {
	return held(ceremony.Init, cbor, n, out, outLen)
}

//export bw_ceremony_contribute
func bw_ceremony_contribute(cbor *C.uint8_t, n C.int64_t, out **C.uint8_t, outLen *C.int64_t) C.int32_t {
	return held(ceremony.Contribute, cbor, n, out, outLen)
}

//export bw_ceremony_verify
func bw_ceremony_verify(cbor *C.uint8_t, n C.int64_t, out **C.uint8_t, outLen *C.int64_t) C.int32_t {
	return held(ceremony.Verify, cbor, n, out, outLen)
}

//export bw_ceremony_seal
func bw_ceremony_seal(cbor *C.uint8_t, n C.int64_t, out **C.uint8_t, outLen *C.int64_t) C.int32_t {
	return held(ceremony.Seal, cbor, n, out, outLen)
}
