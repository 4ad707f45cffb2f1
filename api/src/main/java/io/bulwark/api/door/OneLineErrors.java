package io.bulwark.api.door;

import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/** Every failure of a verb is one line on standard error: what was refused and why, never a stack of calls. The stack is printed only with {@code BULWARK_STACK=1}. */
final class OneLineErrors {
    private OneLineErrors() {}

    /** Gives the command line this manner of failing. */
    public static CommandLine on(CommandLine commandLine) {
        return commandLine
                .setParameterExceptionHandler((failure, arguments) -> {
                    failure.getCommandLine().getErr().println("bulwark: " + firstLine(failure));
                    return ExitCode.BAD_INPUT;
                })
                .setExecutionExceptionHandler((failure, verb, parsed) -> {
                    verb.getErr().println("bulwark: " + line(failure));
                    if ("1".equals(System.getenv("BULWARK_STACK"))) {
                        failure.printStackTrace(verb.getErr());
                    }
                    return ExitCode.BAD_INPUT;
                });
    }

    private static String line(Exception failure) {
        return switch (failure) {
            case BadInput refusal -> firstLine(refusal);
            case IOException unread -> "cannot be read: " + firstLine(unread);
            case UncheckedIOException unread -> "cannot be read: " + firstLine(unread);
            default ->
                failure.getClass().getSimpleName() + ": " + firstLine(failure) + " (BULWARK_STACK=1 shows where)";
        };
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no words");
    }
}
