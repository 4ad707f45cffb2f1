/** Venue payload to verified proof, with the program as people start it: one test per promise. */
package io.bulwark.journey;
