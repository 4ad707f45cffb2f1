/** The door of a real house: every route against every role, from the routes that run. */
@NullMarked
package io.bulwark.api.http;

import org.jspecify.annotations.NullMarked;
