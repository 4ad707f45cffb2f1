package io.bulwark.api;

import io.bulwark.api.door.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What one run of a verb said.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
public record Said(int code, String out, String err) {
    /** Runs a verb in this process. */
    public static Said by(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Bulwark.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Said(code, out.toString(), err.toString());
    }

    /** Whether it is one line on standard error and nothing on standard output, with the exit code of bad input. */
    public boolean isOneLineRefusal() {
        return code == ExitCode.BAD_INPUT && out.isEmpty() && err.lines().count() == 1 && err.startsWith("bulwark: ");
    }
}
