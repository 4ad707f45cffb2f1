package main

// #include <stdint.h>
import "C"

import (
	"strconv"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/book"
	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/fund"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/margin"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/rehearsal"
	"bulwark.io/circuits/risktable"
	"bulwark.io/circuits/verification"
)

var circuits handles[*groth.Key]

// catalogue holds every circuit of the library.
var catalogue = groth.Catalogue{account.Name: account.ReadShape, account.CallName: account.ReadCallShape, book.BatchName: book.ReadShape, book.SumName: book.ReadSumShape,
	book.TopName: book.ReadTopShape, fund.Name: fund.ReadShape, rehearsal.Name: rehearsal.ReadShape}

//export bw_setup
func bw_setup(cbor *C.uint8_t, n C.int64_t, out **C.uint8_t, outLen *C.int64_t) C.int32_t {
	result := buffer{out, outLen}
	return result.loud(func() error {
		encoded, err := input(cbor, n, "setup")
		if err != nil {
			return err
		}
		shape, directory, err := catalogue.ParseSetup(encoded)
		if err != nil {
			return err
		}
		begin := time.Now()
		digests, err := groth.Setup(shape, directory)
		if err != nil {
			return err
		}
		seconds := strconv.FormatFloat(time.Since(begin).Seconds(), 'f', 1, 64)
		result.write(canonical.Encode([]any{int64(digests.Constraints), digests.Vk[:], digests.Pk[:], digests.System[:], seconds, digests.Origin.String()}))
		return nil
	})
}

//export bw_circuit_open
func bw_circuit_open(cbor *C.uint8_t, n C.int64_t, handle *C.int64_t, err **C.uint8_t, errLen *C.int64_t) C.int32_t {
	return buffer{err, errLen}.loud(func() error {
		encoded, err := input(cbor, n, "circuit")
		if err != nil {
			return err
		}
		wanted, err := catalogue.ParseOpen(encoded)
		if err != nil {
			return err
		}
		if handle == nil {
			return missing("handle")
		}
		key, err := groth.Open(wanted)
		if err != nil {
			return err
		}
		*handle = C.int64_t(circuits.add(key))
		return nil
	})
}

// bw_circuit_compile opens a circuit without keys: for asking its constraints.
//
//export bw_circuit_compile
func bw_circuit_compile(cbor *C.uint8_t, n C.int64_t, handle *C.int64_t, err **C.uint8_t, errLen *C.int64_t) C.int32_t {
	return buffer{err, errLen}.loud(func() error {
		encoded, err := input(cbor, n, "compile")
		if err != nil {
			return err
		}
		shape, err := catalogue.ParseCompile(encoded)
		if err != nil {
			return err
		}
		if handle == nil {
			return missing("handle")
		}
		key, err := groth.Compiled(shape)
		if err != nil {
			return err
		}
		*handle = C.int64_t(circuits.add(key))
		return nil
	})
}

//export bw_circuit_close
func bw_circuit_close(handle C.int64_t) C.int32_t {
	return quiet(func() error { return circuits.close(handle, "circuit") })
}

// accountCircuit is an opened account circuit.
func accountCircuit(circuit C.int64_t) (*groth.Key, account.Shape, error) {
	key, err := circuits.get(circuit, "circuit")
	if err != nil {
		return nil, account.Shape{}, err
	}
	shape, ok := key.Shape().(account.Shape)
	if !ok {
		return nil, account.Shape{}, refusal.New(refusal.Handle, "UNKNOWN_HANDLE", "circuit")
	}
	return key, shape, nil
}

// assigned is a request as the witness of its circuit.
type assigned struct {
	key     *groth.Key
	circuit frontend.Circuit
	public  [publicinput.Count]fr.Element
	figures margin.Figures
}

// assign reads a request and fills the witness of an opened circuit over an opened table.
func assign(circuit, table C.int64_t, req *C.uint8_t, n C.int64_t) (result assigned, err error) {
	if result.key, err = circuits.get(circuit, "circuit"); err != nil {
		return result, err
	}
	opened, err := tables.get(table, "table")
	if err != nil {
		return result, err
	}
	encoded, err := input(req, n, "request")
	if err != nil {
		return result, err
	}
	switch shape := result.key.Shape().(type) {
	case account.Shape:
		assignment, err := requested(encoded, shape, opened, account.Assign)
		if err == nil {
			result.circuit, result.public, result.figures = assignment.Circuit, assignment.Public, assignment.Figures
		}
		return result, err
	case account.CallShape:
		assignment, err := requested(encoded, shape.Shape, opened, account.AssignCall)
		if err == nil {
			result.circuit, result.public, result.figures = assignment.Circuit, assignment.Public, assignment.Figures
		}
		return result, err
	default:
		return result, refusal.New(refusal.Handle, "UNKNOWN_HANDLE", "circuit")
	}
}

// requested reads a request and assigns it.
func requested[A any](encoded []byte, shape account.Shape, table *risktable.Table,
	assign func(account.Shape, *risktable.Table, account.Request) (A, error)) (assignment A, err error) {
	request, err := account.ParseRequest(encoded, shape.Depth)
	if err != nil {
		return assignment, err
	}
	return assign(shape, table, request)
}

// bw_request_commit gives the loss commitment of an account's candidate in the shape of an opened circuit.
//
//export bw_request_commit
func bw_request_commit(circuit, table C.int64_t, cbor *C.uint8_t, n C.int64_t, candidate C.int64_t, salt32, out32 *C.uint8_t, err **C.uint8_t, errLen *C.int64_t) C.int32_t {
	return buffer{err, errLen}.loud(func() error {
		_, shape, err := accountCircuit(circuit)
		if err != nil {
			return err
		}
		opened, err := tables.get(table, "table")
		if err != nil {
			return err
		}
		encoded, err := input(cbor, n, "account")
		if err != nil {
			return err
		}
		holder, err := account.ParseAccount(encoded)
		if err != nil {
			return err
		}
		salt, err := elements(salt32, 1, "salt")
		if err != nil {
			return err
		}
		commitment, err := account.Commit(shape, opened, holder, int64(candidate), salt[0])
		if err != nil {
			return err
		}
		return writeElement(out32, commitment)
	})
}

// shown are public inputs as byte strings.
func shown(public [publicinput.Count]fr.Element) []any {
	items := make([]any, len(public))
	for i, element := range public {
		encoded := element.Bytes()
		items[i] = encoded[:]
	}
	return items
}

//export bw_prove
func bw_prove(circuit, table C.int64_t, req *C.uint8_t, n C.int64_t, out **C.uint8_t, outLen *C.int64_t) C.int32_t {
	result := buffer{out, outLen}
	return result.loud(func() error {
		assigned, err := assign(circuit, table, req, n)
		if err != nil {
			return err
		}
		begin, processor := time.Now(), processorMillis()
		proof, err := assigned.key.Prove(assigned.circuit, assigned.public)
		if err != nil {
			return err
		}
		figures := []any{int64(assigned.key.Constraints()), time.Since(begin).Milliseconds(), processorMillis() - processor}
		result.write(canonical.Encode([]any{proof, shown(assigned.public), figures}))
		return nil
	})
}

//export bw_account_solve
func bw_account_solve(circuit, table C.int64_t, req *C.uint8_t, n C.int64_t, out **C.uint8_t, outLen *C.int64_t) C.int32_t {
	result := buffer{out, outLen}
	return result.loud(func() error {
		assigned, err := assign(circuit, table, req, n)
		if err != nil {
			return err
		}
		if err := assigned.key.Solve(assigned.circuit); err != nil {
			return err
		}
		figures := assigned.figures
		result.write(canonical.Encode([]any{figures.InitialMargin, figures.MaintenanceMargin, figures.Equity}))
		return nil
	})
}

//export bw_verify
func bw_verify(vk *C.uint8_t, vkLen C.int64_t, proof *C.uint8_t, n C.int64_t, public160 *C.uint8_t, m C.int64_t, err **C.uint8_t, errLen *C.int64_t) C.int32_t {
	return buffer{err, errLen}.loud(func() error {
		key, err := input(vk, vkLen, "vk")
		if err != nil {
			return err
		}
		encoded, err := input(proof, n, "proof")
		if err != nil {
			return err
		}
		public, err := input(public160, m, "public")
		if err != nil {
			return err
		}
		return verification.Verify(key, encoded, public)
	})
}

//export bw_export_solidity
func bw_export_solidity(cbor *C.uint8_t, n C.int64_t, out **C.uint8_t, outLen *C.int64_t) C.int32_t {
	result := buffer{out, outLen}
	return result.loud(func() error {
		encoded, err := input(cbor, n, "solidity")
		if err != nil {
			return err
		}
		vk, unsafe, err := verification.ParseSolidity(encoded)
		if err != nil {
			return err
		}
		contract, err := verification.ExportSolidity(vk, unsafe)
		if err != nil {
			return err
		}
		result.write(contract)
		return nil
	})
}

//export bw_solidity_proof
func bw_solidity_proof(proof *C.uint8_t, n C.int64_t, out **C.uint8_t, outLen *C.int64_t) C.int32_t {
	result := buffer{out, outLen}
	return result.loud(func() error {
		encoded, err := input(proof, n, "proof")
		if err != nil {
			return err
		}
		words, err := verification.SolidityProof(encoded)
		if err != nil {
			return err
		}
		result.write(words)
		return nil
	})
}
