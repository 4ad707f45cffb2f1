package boundary

import (
	"strconv"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/book"
	"bulwark.io/circuits/ceremony"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/contagion"
	"bulwark.io/circuits/fund"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/rehearsal"
	"bulwark.io/circuits/verification"
)

var circuits handles[*groth.Key]

// catalogue holds every circuit of the library.
var catalogue = groth.Catalogue{account.Name: account.ReadShape, account.CallName: account.ReadCallShape, book.BatchName: book.ReadShape, book.SumName: book.ReadSumShape,
	book.TopName: book.ReadTopShape, contagion.Name: contagion.ReadShape, fund.Name: fund.ReadShape, rehearsal.Name: rehearsal.ReadShape}

func init() {
	functions["set-up"] = function{[]string{"request"}, setUp}
	functions["ceremony-init"] = step(ceremony.Init)
	functions["ceremony-contribute"] = step(ceremony.Contribute)
	functions["ceremony-verify"] = step(ceremony.Verify)
	functions["ceremony-seal"] = step(ceremony.Seal)
	functions["circuit-open"] = function{[]string{"request"}, openCircuit}
	functions["circuit-compile"] = function{[]string{"request"}, compileCircuit}
	functions["circuit-close"] = circuits.closing("circuit")
	functions["request-commit"] = function{[]string{"circuit", "table", "account", "candidate", "salt"}, commit}
	functions["prove"] = function{[]string{"circuit", "table", "request"}, prove}
	functions["solve"] = function{[]string{"circuit", "table", "request"}, solve}
	functions["verify"] = function{[]string{"vk", "proof", "public"}, verify}
	functions["verify-all"] = function{[]string{"vk", "proofs"}, verifyAll}
	functions["solidity-export"] = function{[]string{"request"}, exportSolidity}
	functions["solidity-proof"] = function{[]string{"proof"}, solidityProof}
}

func setUp(arguments []canonical.Value) (any, error) {
	encoding, err := document(arguments[0], requestBytesMax)
	if err != nil {
		return nil, err
	}
	shape, directory, err := catalogue.ParseSetup(encoding)
	if err != nil {
		return nil, err
	}
	begin := time.Now()
	written, err := groth.Setup(shape, directory)
	if err != nil {
		return nil, err
	}
	seconds := strconv.FormatFloat(time.Since(begin).Seconds(), 'f', 1, 64)
	return []any{written.Record.Encode(), written.Pk[:], seconds}, nil
}

// step is a step of a ceremony; its answer is the encoding of the state that the ceremony is in.
func step(take func(groth.Catalogue, []byte) ([]byte, error)) function {
	return function{[]string{"request"}, func(arguments []canonical.Value) (any, error) {
		encoding, err := document(arguments[0], requestBytesMax)
		if err != nil {
			return nil, err
		}
		return take(catalogue, encoding)
	}}
}

func openCircuit(arguments []canonical.Value) (any, error) {
	encoding, err := document(arguments[0], requestBytesMax)
	if err != nil {
		return nil, err
	}
	wanted, err := catalogue.ParseOpen(encoding)
	if err != nil {
		return nil, err
	}
	key, err := groth.Open(wanted)
	if err != nil {
		return nil, err
	}
	return circuits.add(key), nil
}

// compileCircuit opens a circuit without keys: for asking its constraints.
func compileCircuit(arguments []canonical.Value) (any, error) {
	encoding, err := document(arguments[0], requestBytesMax)
	if err != nil {
		return nil, err
	}
	shape, err := catalogue.ParseCompile(encoding)
	if err != nil {
		return nil, err
	}
	key, err := groth.Compiled(shape)
	if err != nil {
		return nil, err
	}
	return circuits.add(key), nil
}

// assigned is a request as the witness of its circuit.
type assigned struct {
	key     *groth.Key
	circuit frontend.Circuit
	public  [publicinput.Count]fr.Element
	figures margin.Figures
}

// assign reads a request and fills the witness of an opened circuit over an opened table.
func assign(arguments []canonical.Value) (result assigned, err error) {
	if result.key, err = circuits.get(arguments[0]); err != nil {
		return result, err
	}
	table, err := tables.get(arguments[1])
	if err != nil {
		return result, err
	}
	encoding, err := document(arguments[2], requestBytesMax)
	if err != nil {
		return result, err
	}
	switch shape := result.key.Shape().(type) {
	case account.Shape:
		assignment, err := requested(encoding, shape, table, account.Assign)
		if err == nil {
			result.circuit, result.public, result.figures = assignment.Circuit, assignment.Public, assignment.Figures
		}
		return result, err
	case account.CallShape:
		assignment, err := requested(encoding, shape.Shape, table, account.AssignCall)
		if err == nil {
			result.circuit, result.public, result.figures = assignment.Circuit, assignment.Public, assignment.Figures
		}
		return result, err
	default:
		return result, unknown(arguments[0])
	}
}

// requested reads a request and assigns it.
func requested[A any](encoding []byte, shape account.Shape, table *risktable.Table,
	assign func(account.Shape, *risktable.Table, account.Request) (A, error)) (assignment A, err error) {
	request, err := account.ParseRequest(encoding, shape.Depth)
	if err != nil {
		return assignment, err
	}
	return assign(shape, table, request)
}

// commit gives the loss commitment of an account's candidate in the shape of an opened circuit.
func commit(arguments []canonical.Value) (any, error) {
	key, err := circuits.get(arguments[0])
	if err != nil {
		return nil, err
	}
	shape, ok := key.Shape().(account.Shape)
	if !ok {
		return nil, unknown(arguments[0])
	}
	table, err := tables.get(arguments[1])
	if err != nil {
		return nil, err
	}
	encoding, err := document(arguments[2], requestBytesMax)
	if err != nil {
		return nil, err
	}
	holder, err := account.ParseAccount(encoding)
	if err != nil {
		return nil, err
	}
	candidate, salt := arguments[3].Int(0, 1<<31), arguments[4].Element()
	if err := arguments[4].Fault(); err != nil {
		return nil, err
	}
	commitment, err := account.Commit(shape, table, holder, candidate, salt)
	if err != nil {
		return nil, err
	}
	return encoded(commitment), nil
}

// shown are public inputs as byte strings.
func shown(public [publicinput.Count]fr.Element) []any {
	items := make([]any, len(public))
	for i, element := range public {
		items[i] = encoded(element)
	}
	return items
}

// stopwatch measures what a proof takes.
type stopwatch struct {
	begin     time.Time
	processor int64
}

func started() stopwatch { return stopwatch{time.Now(), processorMillis()} }

// millis are wall and processor time since the start.
func (w stopwatch) millis() (wall, processor int64) {
	return time.Since(w.begin).Milliseconds(), processorMillis() - w.processor
}

func prove(arguments []canonical.Value) (any, error) {
	assigned, err := assign(arguments)
	if err != nil {
		return nil, err
	}
	watch := started()
	proof, err := assigned.key.Prove(assigned.circuit, assigned.public)
	if err != nil {
		return nil, err
	}
	wall, processor := watch.millis()
	return []any{proof, shown(assigned.public), []any{int64(assigned.key.Constraints()), wall, processor}}, nil
}

func solve(arguments []canonical.Value) (any, error) {
	assigned, err := assign(arguments)
	if err != nil {
		return nil, err
	}
	if err := assigned.key.Solve(assigned.circuit); err != nil {
		return nil, err
	}
	figures := assigned.figures
	return []any{figures.InitialMargin, figures.MaintenanceMargin, figures.Equity}, nil
}

func verify(arguments []canonical.Value) (any, error) {
	key, proof, public := bytesOf(arguments[0], requestBytesMax), bytesOf(arguments[1], requestBytesMax), bytesOf(arguments[2], requestBytesMax)
	if err := arguments[0].Fault(); err != nil {
		return nil, err
	}
	return nil, verification.Verify(key, proof, public)
}

// proofsMax bounds the proofs of one call.
const proofsMax = 1 << 17

// verifyAll verifies proofs of one key together and says what it took; a refusal names the first that does not hold.
func verifyAll(arguments []canonical.Value) (any, error) {
	key, items := bytesOf(arguments[0], requestBytesMax), arguments[1].Items()
	if len(items) > proofsMax {
		arguments[1].Refuse("WRONG_LENGTH")
	}
	submitted := make([]verification.Submitted, len(items))
	for i, item := range items {
		fields := item.Tuple("proof", "public")
		submitted[i] = verification.Submitted{Proof: fields[0].Bytes(), Public: fields[1].Bytes()}
	}
	if err := arguments[0].Fault(); err != nil {
		return nil, err
	}
	watch := started()
	if bad, err := verification.VerifyAll(key, submitted); err != nil {
		fault := refusal.Of(err)
		return nil, refusal.New(fault.Class, fault.Code, "proofs[%d]", bad)
	}
	wall, processor := watch.millis()
	return []any{wall, processor}, nil
}

func exportSolidity(arguments []canonical.Value) (any, error) {
	encoding, err := document(arguments[0], requestBytesMax)
	if err != nil {
		return nil, err
	}
	key, err := verification.ParseSolidity(encoding)
	if err != nil {
		return nil, err
	}
	return verification.ExportSolidity(key)
}

func solidityProof(arguments []canonical.Value) (any, error) {
	proof, err := document(arguments[0], requestBytesMax)
	if err != nil {
		return nil, err
	}
	return verification.SolidityProof(proof)
}
