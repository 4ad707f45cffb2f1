/**
 * The command line: the same functions as {@code http}, another mouth. One class per verb.
 *
 * <p>Takes: arguments and files. Gives: text or JSON on standard output, one line per refusal on standard error, an {@link io.bulwark.api.cli.ExitCode}.
 *
 * <p>Invariants: standard output holds the answer and nothing else; a refusal names field, value and rule; no verb starts more than it needs.
 */
@NullMarked
package io.bulwark.api.cli;

import org.jspecify.annotations.NullMarked;
