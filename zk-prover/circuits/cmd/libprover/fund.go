package main

// #include <stdint.h>
import "C"

import (
	"time"

	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/fund"
	"bulwark.io/circuits/refusal"
)

//export bw_fund_prove
func bw_fund_prove(circuit C.int64_t, vault *C.uint8_t, n C.int64_t, req *C.uint8_t, m C.int64_t, out **C.uint8_t, outLen *C.int64_t) C.int32_t {
	result := buffer{out, outLen}
	return result.loud(func() error {
		key, err := circuits.get(circuit, "circuit")
		if err != nil {
			return err
		}
		shape, ok := key.Shape().(fund.Shape)
		if !ok {
			return refusal.New(refusal.Handle, "UNKNOWN_HANDLE", "circuit")
		}
		table, err := parsedTable(vault, n)
		if err != nil {
			return err
		}
		encoded, err := input(req, m, "request")
		if err != nil {
			return err
		}
		request, err := fund.ParseRequest(encoded, table)
		if err != nil {
			return err
		}
		assignment, err := fund.Assign(shape, request)
		if err != nil {
			return err
		}
		begin, processor := time.Now(), processorMillis()
		proof, err := key.Prove(assignment.Circuit, assignment.Public)
		if err != nil {
			return err
		}
		result.write(canonical.Encode([]any{proof, shown(assignment.Public), assignment.Need.String(),
			[]any{int64(key.Constraints()), time.Since(begin).Milliseconds(), processorMillis() - processor}}))
		return nil
	})
}
