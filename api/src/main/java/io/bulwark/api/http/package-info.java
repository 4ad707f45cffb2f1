/**
 * The house over HTTP: one controller per resource, problem details (RFC 9457) for every answer that is not a success, an OpenAPI 3.1 description at
 * {@code /openapi.yml}, health and metrics.
 *
 * <p>Takes: requests. Gives: JSON of the domain's own records.
 *
 * <p>Invariants: a request never sees the text of an internal failure; no secret stands in a path, a query, a log line or a problem; whoever may not ask is answered
 * before anything is read.
 */
@NullMarked
package io.bulwark.api.http;

import org.jspecify.annotations.NullMarked;
