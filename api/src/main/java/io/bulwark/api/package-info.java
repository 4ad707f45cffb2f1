/** Placeholder. */
@NullMarked
package io.bulwark.api;

import org.jspecify.annotations.NullMarked;
