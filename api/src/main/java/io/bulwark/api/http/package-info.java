/**
 * The listening server: whom it admits, what it says where something is refused, health and metrics, an OpenAPI 3.1 description at {@code
 * /openapi.yml}. The resources stand with their subjects, one controller each.
 *
 * <p>Takes: requests. Gives: JSON of the domain's own records, or problem details (RFC 9457).
 *
 * <p>Invariants: a request never sees the text of an internal failure; no secret stands in a path, a query, a log line or a problem;
 * whoever may not ask is answered before anything is read.
 */
@NullMarked
package io.bulwark.api.http;

import org.jspecify.annotations.NullMarked;
