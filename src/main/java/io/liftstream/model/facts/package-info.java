/** What is known of a depth model: what its input must look like and what its output means. */
package io.liftstream.model.facts;
