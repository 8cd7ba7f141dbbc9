import { useQueryClient } from '@tanstack/react-query'
import { useToasts } from '../../ui/toast-store.ts'
import { createFromFile, statusQuery, useRefreshMedia } from './queries.ts'
import { nameOf, problemOf } from './upload-file.ts'
import { addUploads, retryUpload, type Sender } from './uploads.ts'

/** Makes a medium of each file. */
export const useAddFiles = () => {
  const queryClient = useQueryClient()
  const showToast = useToasts((state) => state.show)
  const refresh = useRefreshMedia()
  const sender: Sender = {
    problemOf: (file) =>
      problemOf(file, queryClient.getQueryData(statusQuery.queryKey)?.max_upload_size),
    send: (file, options) => createFromFile(nameOf(file.name), { file, ...options }),
    finished: (sent) => {
      refresh()
      showToast({
        tone: 'ok',
        text: sent === 1 ? 'One file was added.' : `${sent} files were added.`,
      })
    },
  }
  return {
    add: (files: readonly File[]) => void addUploads(files, sender),
    retry: (key: number) => void retryUpload(key, sender),
  }
}
