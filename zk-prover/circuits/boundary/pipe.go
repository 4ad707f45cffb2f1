package boundary

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"sync"
)

// A frame is a length (4 bytes, big-endian, of what follows), the number of a call (8 bytes) and the call, or its answer. Answers come in any order.
const (
	lengthBytes = 4
	numberBytes = 8

	// callsMax bounds the calls at work at once; further frames wait in the pipe.
	callsMax = 64
)

// errFrame is the end of a pipe whose other side speaks something else.
var errFrame = errors.New("a frame must hold a call within the limits")

// Serve answers the calls that come in until there are no more: then the caller is gone, and what is still at work is of no use.
func Serve(in io.Reader, out io.Writer) error {
	reader, writing, atWork := bufio.NewReader(in), &sync.Mutex{}, make(chan struct{}, callsMax)
	for {
		number, call, err := readFrame(reader)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		atWork <- struct{}{}
		go func() {
			defer func() { <-atWork }()
			answer := Call(call)
			writing.Lock()
			defer writing.Unlock()
			// A caller that reads no more has closed the other pipe too, which ends this process.
			_, _ = out.Write(frame(number, answer))
		}()
	}
}

// readFrame measures a frame before it makes room for it. Half a frame is io.ErrUnexpectedEOF.
func readFrame(reader io.Reader) (number uint64, call []byte, err error) {
	var head [lengthBytes + numberBytes]byte
	if _, err := io.ReadFull(reader, head[:]); err != nil {
		return 0, nil, err
	}
	length := binary.BigEndian.Uint32(head[:])
	if length < numberBytes || length > numberBytes+CallBytesMax {
		return 0, nil, errFrame
	}
	call = make([]byte, length-numberBytes)
	if _, err := io.ReadFull(reader, call); err != nil {
		return 0, nil, io.ErrUnexpectedEOF
	}
	return binary.BigEndian.Uint64(head[lengthBytes:]), call, nil
}

func frame(number uint64, content []byte) []byte {
	framed := make([]byte, 0, lengthBytes+numberBytes+len(content))
	framed = binary.BigEndian.AppendUint32(framed, uint32(numberBytes+len(content)))
	framed = binary.BigEndian.AppendUint64(framed, number)
	return append(framed, content...)
}
