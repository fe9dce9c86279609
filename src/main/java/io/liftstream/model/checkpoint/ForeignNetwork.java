package io.liftstream.model.checkpoint;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Networks that resemble Depth Anything V1 and V2 and compute something else, by names that only
 * their tensors have.
 */
final class ForeignNetwork {
    private static final Map<String, Pattern> SIGNS =
            Map.of(
                    "is Depth Anything 3, which is not read from checkpoints: give its ONNX file",
                    Pattern.compile(
                            ".*(camera_token|cam_enc\\.|cam_dec\\.|_aux\\b|sky_output_conv"
                                    + "|backbone\\.pretrained\\.|\\bda3\\.).*"),
                    "is Video Depth Anything, which is not read: its head works on many frames",
                    Pattern.compile(".*motion_modules\\..*"),
                    "is a metric checkpoint of Depth Anything V1 (ZoeDepth), which is not read",
                    Pattern.compile(".*(core\\.core\\.|seed_bin_regressor|attractors\\.).*"),
                    "has the tensor names of Hugging Face transformers: give the authors' file, for"
                            + " example depth_anything_v2_vits.pth",
                    Pattern.compile(
                            ".*(backbone\\.embeddings\\.|backbone\\.encoder\\.|reassemble_stage).*"),
                    "is a ViT-G encoder (SwiGLU), which is not read",
                    Pattern.compile(".*\\.mlp\\.w12\\..*"),
                    "has LoRA factors: merge them into the weights first (merge_and_unload())",
                    Pattern.compile(".*\\.?lora_.*"));

    private ForeignNetwork() {}

    /** What the names belong to, where they are known; completes "the file ...". */
    static Optional<String> of(Collection<String> names) {
        return SIGNS.entrySet().stream()
                .filter(sign -> names.stream().anyMatch(n -> sign.getValue().matcher(n).matches()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }
}
