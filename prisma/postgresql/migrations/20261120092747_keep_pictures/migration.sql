-- CreateTable
CREATE TABLE "BoardAsset" (
    "boardId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "createdById" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BoardAsset_pkey" PRIMARY KEY ("boardId","hash")
);

-- CreateIndex
CREATE INDEX "BoardAsset_hash_idx" ON "BoardAsset"("hash");

-- CreateIndex
CREATE INDEX "BoardAsset_createdById_idx" ON "BoardAsset"("createdById");

-- AddForeignKey
ALTER TABLE "BoardAsset" ADD CONSTRAINT "BoardAsset_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BoardAsset" ADD CONSTRAINT "BoardAsset_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
