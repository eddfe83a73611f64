# COPYLEDGER_SANITIZE: empty, "address,undefined", "thread", or with libFuzzer's instrumentation
# "fuzzer-no-link,address,undefined"; set by the presets. All of them are clang's.
set(COPYLEDGER_SANITIZE "" CACHE STRING "sanitizers to build with")
if(COPYLEDGER_SANITIZE)
    add_compile_options(-fsanitize=${COPYLEDGER_SANITIZE} -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    if(COPYLEDGER_SANITIZE MATCHES undefined)
        # function: clang makes coroutines of it that its assembler refuses.
        add_compile_options(-fno-sanitize=function
            -fsanitize-ignorelist=${CMAKE_CURRENT_LIST_DIR}/sanitizer_ignorelist.txt)
    endif()
    add_link_options(-fsanitize=${COPYLEDGER_SANITIZE})
endif()
