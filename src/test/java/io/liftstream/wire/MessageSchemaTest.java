package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageSchemaTest {

    @Test
    void everyFileStandsAfterThoseThatItNeeds() throws Exception {
        FileDescriptorSet files = FileDescriptorSet.parseFrom(MessageSchema.descriptorSet());

        Set<String> before = new HashSet<>();
        for (FileDescriptorProto file : files.getFileList()) {
            assertThat(before).containsAll(file.getDependencyList());
            before.add(file.getName());
        }
        assertThat(before)
                .contains("liftstream/v1/camera_frame.proto", "liftstream/v1/depth_result.proto");
    }
}
