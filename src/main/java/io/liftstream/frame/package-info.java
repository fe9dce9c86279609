/** The nouns: what travels through the job. Nothing here needs more than the JDK. */
package io.liftstream.frame;
